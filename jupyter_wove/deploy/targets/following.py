"""Work of a target, in a loop of its own, followed from a thread as that of the runner is."""

import asyncio
import queue
import threading
from collections.abc import Awaitable, Callable, Generator
from typing import TypeVar

from jupyter_wove.deploy.targets.target import Say
from jupyter_wove.runner import Message

BEAT = 0.25  # seconds
Work = Callable[[Say], Awaitable[Message | None]]
Stop = Callable[[], bool]
T = TypeVar("T")


class _Ended:
    """The work has ended, as it should or with an error."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def followed(work: Work) -> Generator[Message | None]:
    """Have work done, and hear what it says and how it ends. Whoever stops listening cancels it.

    While there is nothing to say, None comes four times a second: look then whether to go on.
    """
    heard: queue.SimpleQueue[Message | _Ended] = queue.SimpleQueue()
    loop = asyncio.new_event_loop()
    task = loop.create_task(_worked(work, heard.put))
    thread = threading.Thread(target=_run, args=(loop, task, heard), daemon=True)
    thread.start()
    try:
        yield from _messages(heard)
    finally:
        if not task.done():
            loop.call_soon_threadsafe(task.cancel)
        thread.join()
        loop.close()


async def _worked(work: Work, say: Callable[[Message], None]) -> None:
    if (end := await work(say)) is not None:
        say(end)


def _run(
    loop: asyncio.AbstractEventLoop,
    task: asyncio.Task[None],
    heard: "queue.SimpleQueue[Message | _Ended]",
) -> None:
    error: BaseException | None = None
    try:
        loop.run_until_complete(task)
    except (Exception, asyncio.CancelledError) as raised:
        error = raised
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.run_until_complete(loop.shutdown_default_executor())
    heard.put(_Ended(error))


def _messages(heard: "queue.SimpleQueue[Message | _Ended]") -> Generator[Message | None]:
    while True:
        try:
            message = heard.get(timeout=BEAT)
        except queue.Empty:
            yield None
            continue
        if isinstance(message, _Ended):
            if message.error:
                raise message.error
            return
        yield message


async def in_thread(work: Callable[[Stop], T]) -> T:
    """Have work done in a thread, which is told to stop where nobody waits for it any more."""
    stopped = threading.Event()
    try:
        return await asyncio.to_thread(work, stopped.is_set)
    finally:
        stopped.set()
