"""What is made ready ahead, while nobody waits for this server."""

import asyncio

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.kit.logs import log
from jupyter_wove_server.serving import Serving

REST = 60.0  # seconds after its start for which a server is left to those who opened it
_log = log(__name__)


async def make_ready(serving: Serving, rest: float = REST) -> None:
    """Have a runner install what first deployments need, where there is something to deploy."""
    await asyncio.sleep(rest)
    try:
        await serving.change(lambda: _begin(serving))
    except WoveError as error:
        _log.warning("no environments are made ready", reason=str(error))


def _begin(serving: Serving) -> None:
    wove = serving.wove
    if wove.has_projects():
        wove.runner_socket.begin()
