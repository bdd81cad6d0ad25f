"""What a build tells while it goes on, and how it ends: built, or failed for a reason."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.runner import Failed, Message

log = logging.getLogger("wove.runner")
Tell = Callable[[Message], None]
LAST = object()


class BuildFailed(Exception):
    """It could not be built; `failed` says why and what to do."""

    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.reason)
        self.failed = failed


async def told(work: Callable[[Tell], Awaitable[Message]]) -> AsyncIterator[Message]:
    """Give what some work tells, then what came of it; whoever stops listening cancels it."""
    said: asyncio.Queue[Any] = asyncio.Queue()
    task = asyncio.ensure_future(work(said.put_nowait))
    task.add_done_callback(lambda _: said.put_nowait(LAST))
    try:
        while (message := await said.get()) is not LAST:
            yield message
        yield await _outcome(task)
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _outcome(task: asyncio.Future[Message]) -> Message:
    try:
        return await task
    except BuildFailed as error:
        return error.failed
    except WoveError as error:
        return failed(str(error))
    except Exception:
        log.exception("A build failed for a reason that nobody thought of")
        return failed("The runner made a mistake.", "Its log says which: ask your administrator.")


def failed(reason: str, hint: str = "", **more: Any) -> Failed:
    """Say why something failed."""
    nothing: dict[str, Any] = {"path": "", "cell": None, "traceback": "", "refused": []}
    return Failed(reason=reason, hint=hint, **(nothing | more))
