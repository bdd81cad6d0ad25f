"""Whether a version that was just started is well, and if not, why, in words."""

import asyncio
import time
from collections import Counter
from contextlib import suppress

import aiohttp
from yarl import URL

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.runner import Failed, Plan
from jupyter_wove_runner.apps.ports import described, listened_at
from jupyter_wove_runner.containers import Container

GOOD_IN_A_ROW = 2
PAUSE = 0.05  # seconds between two checks, at first
LONGEST_PAUSE = 0.25
PATIENCE = 5  # seconds for one answer
BAD = 500
LAST_LINES = 30
WAITED = 0.5  # seconds for the log of what has just ended


class NotWell(Exception):
    """A version cannot be served."""

    def __init__(self, reason: str, hint: str = "", last_lines: str = "") -> None:
        super().__init__(reason)
        self.failed = Failed(reason, hint, "", None, last_lines, [])


async def until_well(container: Container, host: str, plan: Plan, deadline: float) -> None:
    """Wait until a version is well. Raises NotWell."""
    checks = _Checks(host, plan)
    good = asyncio.create_task(checks.until_good())
    ended = asyncio.create_task(container.ended())
    try:
        await asyncio.wait({good, ended}, timeout=deadline, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            raise await _ended(container, plan, *ended.result())
        if not good.done():
            raise await _late(container, plan, checks, deadline)
        good.result()
    finally:
        for task in (good, ended):
            task.cancel()
        await asyncio.wait({good, ended})


class _Checks:
    def __init__(self, host: str, plan: Plan) -> None:
        path = plan.health if plan.health.startswith("/") else f"/{plan.health}"
        self._url = URL(f"http://{host}:{plan.port}{path}")
        self.seen: Counter[int | str] = Counter()
        self.last: int | str = ""

    async def until_good(self) -> None:
        """Ask until it has answered well twice in a row."""
        good, pause = 0, PAUSE
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        connector = aiohttp.TCPConnector(force_close=True)
        async with aiohttp.ClientSession(timeout=timeout, connector=connector) as session:
            while good < GOOD_IN_A_ROW:
                self.last = await self._ask(session)
                self.seen[self.last] += 1
                good = good + 1 if isinstance(self.last, int) and self.last < BAD else 0
                if good < GOOD_IN_A_ROW:
                    await asyncio.sleep(PAUSE if good else pause)
                pause = min(pause * 1.1, LONGEST_PAUSE)

    async def _ask(self, session: aiohttp.ClientSession) -> int | str:
        began = time.monotonic()
        try:
            async with session.get(self._url, allow_redirects=False) as response:
                await response.read()
                return response.status
        except aiohttp.ClientConnectorError:
            return "refused"
        except TimeoutError:
            return "silent" if time.monotonic() - began > PATIENCE / 2 else "refused"
        except aiohttp.ClientError:
            return "broken"


async def _ended(container: Container, plan: Plan, code: int, out_of_memory: bool) -> NotWell:
    await asyncio.sleep(WAITED)
    lines = await _last_lines(container)
    if out_of_memory:
        return NotWell(*out_of_memory_words(plan), lines)
    return NotWell(
        f"The app ended right after its start, with exit code {code}.",
        "Its last lines say why. A server has to go on until it is stopped.",
        lines,
    )


def out_of_memory_words(plan: Plan) -> tuple[str, str]:
    """Say that an app had too little memory, and what helps."""
    return (
        f"The app used more than its {plan.memory_mb} MB of memory and was stopped.",
        "Load less at once, or give it more: memory_mb in wove.toml.",
    )


async def _late(container: Container, plan: Plan, checks: _Checks, deadline: float) -> NotWell:
    """Say what kept an app from being well in time."""
    lines = await _last_lines(container)
    if isinstance(checks.last, int):
        return NotWell(
            f"The app answers at {plan.health} with the error {checks.last}.",
            "Its last lines say more. Or tell it of another path that shows that it is well: "
            "health in wove.toml.",
            lines,
        )
    if checks.last == "refused":
        return NotWell(
            f"The app did not come up within {deadline:g} seconds. "
            f"{await _where(container, plan)}",
            f"It has to listen at 0.0.0.0, on port {plan.port}.",
            lines,
        )
    return NotWell(
        f"The app takes connections, but it gave no answer at {plan.health} "
        f"within {deadline:g} seconds.",
        "It may wait for something that it cannot reach, or for too much work at its start.",
        lines,
    )


async def _where(container: Container, plan: Plan) -> str:
    with suppress(WoveError):
        pid = (await container.shown())["State"]["Pid"]
        if pid:
            return described(await asyncio.to_thread(listened_at, pid), plan.port)
    return ""


async def _last_lines(container: Container) -> str:
    with suppress(WoveError):
        return "\n".join(await container.log(LAST_LINES))
    return ""
