"""Whether what was uploaded answers, asked as a visitor would."""

import asyncio
import time

import httpx

from jupyter_wove.deploy.targets.models import NotWell

SECONDS = 60.0  # until it has to be well
PAUSE = 0.5
PATIENCE = 10.0
BAD = 400
IN_A_ROW = 2


async def answers(url: str, path: str) -> None:
    """Wait until a page answers well twice in a row. Raises NotWell."""
    address, until = url.rstrip("/") + path, time.monotonic() + SECONDS
    good, last = 0, "no answer"
    async with httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False) as client:
        while good < IN_A_ROW:
            last, is_well = await _asked(client, address)
            good = good + 1 if is_well else 0
            if time.monotonic() > until and not good:
                raise NotWell(
                    f"It did not answer well within {SECONDS:.0f} seconds: {last}.",
                    f"Visitors never came to it. See whether {path} answers on this computer.",
                )
            await asyncio.sleep(PAUSE if good < IN_A_ROW else 0)


async def _asked(client: httpx.AsyncClient, address: str) -> tuple[str, bool]:
    try:
        status = (await client.get(address)).status_code
    except httpx.HTTPError as error:
        return type(error).__name__, False
    return f"the last answer had the status {status}", status < BAD
