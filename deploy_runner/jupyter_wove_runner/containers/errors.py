"""What Docker complains about, in errors of ours."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from aiodocker import DockerError

from jupyter_wove.kit.errors import Conflict, NotFound, Unavailable, WoveError

T = TypeVar("T")
NO_ANSWER = 900  # how aiodocker says that there is nobody to ask


class EngineFailed(WoveError):
    """Docker could not do what it was asked for."""

    title = "Docker could not do it"


KINDS: dict[int, type[WoveError]] = {404: NotFound, 409: Conflict, NO_ANSWER: Unavailable}


@contextmanager
def explained() -> Iterator[None]:
    """Raise NotFound, Conflict, Unavailable or EngineFailed for what Docker complains about."""
    try:
        yield
    except DockerError as error:
        raise KINDS.get(error.status, EngineFailed)(error.message) from error


async def surely(work: Awaitable[T]) -> T:
    """Have work done to its end, however often whoever waits for it is cancelled meanwhile.

    Half a request leaves a container that nobody knows of.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        raise


async def or_undone(making: Awaitable[T], undo: Callable[[T], Awaitable[None]]) -> T:
    """Have something made; undo it where nobody waits for it any more: nobody else knows of it."""
    task = asyncio.ensure_future(making)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await surely(_undone(task, undo))
        raise


async def _undone(task: asyncio.Future[T], undo: Callable[[T], Awaitable[None]]) -> None:
    with suppress(WoveError):  # it was never made
        await undo(await task)
