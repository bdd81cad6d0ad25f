"""The socket on which the runner listens, and what it answers when something goes wrong."""

import stat
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from aiohttp import web

from jupyter_wove.kit.errors import WoveError

T = TypeVar("T")
LARGEST = 4 * 1024 * 1024  # bytes of a request that is no stream
OWNER_ONLY = stat.S_IRWXU
LAST_WORDS = 1.0  # seconds for answers at the end; whoever waits for a kernel would wait for ever


@asynccontextmanager
async def listening(socket: Path, routes: Iterable[web.AbstractRouteDef]) -> AsyncIterator[None]:
    """Serve the routes on a socket that nobody but its owner can open."""
    application = web.Application(middlewares=[_explaining], client_max_size=LARGEST)
    application.add_routes(routes)
    runner = web.AppRunner(
        application, handler_cancellation=True, access_log=None, shutdown_timeout=LAST_WORDS
    )
    await runner.setup()
    _make_room(socket)
    await web.UnixSite(runner, str(socket)).start()
    try:
        yield
    finally:
        await runner.cleanup()


def _make_room(socket: Path) -> None:
    """Have a folder that only its owner enters, without what a killed runner left there."""
    socket.parent.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    socket.parent.chmod(OWNER_ONLY)
    socket.unlink(missing_ok=True)


async def asked(request: web.Request, kind: type[T]) -> T:
    """Read what is asked for. Raises HTTPUnprocessableEntity."""
    try:
        return msgspec.json.decode(await request.read(), type=kind)
    except msgspec.DecodeError as error:
        raise web.HTTPUnprocessableEntity(text=str(error)) from error


def answer(content: Any) -> web.Response:
    """Answer with JSON."""
    return web.Response(body=msgspec.json.encode(content), content_type="application/json")


@web.middleware
async def _explaining(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        return await handler(request)
    except WoveError as error:
        return web.Response(status=error.status, text=str(error))
