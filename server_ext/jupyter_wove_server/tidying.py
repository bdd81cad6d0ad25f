"""What is done once a day without anybody asking: old snapshots, the bin, forgotten uploads."""

import asyncio

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.kit.loading import look_at_all
from jupyter_wove.kit.logs import log
from jupyter_wove_server.serving import Serving

FIRST = 5 * 60.0  # seconds after the start, when the person at work has what they came for
AGAIN = 24 * 3600.0

_log = log(__name__)


async def tidy_daily(serving: Serving, first: float = FIRST, again: float = AGAIN) -> None:
    """Tidy up until the server stops."""

    def tidy() -> None:
        serving.wove.tidy()

    await asyncio.sleep(first)
    while True:
        try:
            await serving.change(tidy)
        except WoveError as error:
            _log.warning("not tidied", reason=str(error))
        await asyncio.sleep(again)
        look_at_all()
