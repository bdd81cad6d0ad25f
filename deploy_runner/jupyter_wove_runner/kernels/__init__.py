"""Kernels in sandboxes, those that wait for the next who wants one, and programs that run once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from jupyter_wove_runner.kernels.environment import Environment
from jupyter_wove_runner.kernels.routes import refusing, routes
from jupyter_wove_runner.kernels.runs import Runs
from jupyter_wove_runner.kernels.service import Kernels
from jupyter_wove_runner.sandboxes import Sandboxes

__all__ = ["Environment", "Kernels", "Runs", "kernels_of"]


@asynccontextmanager
async def kernels_of(
    here: Sandboxes | None, problem: str = ""
) -> AsyncIterator[list[web.RouteDef]]:
    """Have kernels, and what can be asked of them; nothing is left of them at the end.

    Without Docker whoever asks hears of the problem.
    """
    if here is None:
        yield refusing(problem)
        return
    kernels = Kernels(here)
    await kernels.open()
    try:
        yield routes(kernels, Runs(here, kernels.rooms, kernels.environment))
    finally:
        await kernels.close()
