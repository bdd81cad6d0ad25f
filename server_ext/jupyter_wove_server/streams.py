"""Server-sent events: each item as it comes, a sign of life between, the end said aloud."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

import msgspec
from jupyter_server.base.handlers import JupyterHandler
from tornado.iostream import StreamClosedError

from jupyter_wove.kit.contract import Numbered
from jupyter_wove.kit.errors import problem
from jupyter_wove.kit.metrics import STREAMS
from jupyter_wove_server.base import WoveAPIHandler
from jupyter_wove_server.problems import as_wove_error

HEARTBEAT = 15.0  # seconds; proxies hang up on silence, often after 60


async def send(handler: WoveAPIHandler, items: AsyncIterator[Any]) -> None:
    """Send items until they end or nobody listens; then close what made them."""
    handler.set_header("Content-Type", "text/event-stream")
    handler.set_header("X-Accel-Buffering", "no")
    handler.streamed = True
    handler.serving.streams.add(handler.gone)
    try:
        if handler.request.method != "HEAD":
            with STREAMS.labels(handler.route).track_inprogress():
                await _send(handler, items)
    except StreamClosedError:
        pass  # nobody listens any more
    finally:
        handler.serving.streams.discard(handler.gone)
        await _close(items)
    JupyterHandler.finish(handler)


async def _send(handler: WoveAPIHandler, items: AsyncIterator[Any]) -> None:
    await _write(handler, b": connected\n\n")
    try:
        async with aclosing(_with_heartbeats(handler, items)) as coming:
            async for item in coming:
                await _write(handler, _event(item))
        await _write(handler, b"event: end\ndata: {}\n\n")
    except StreamClosedError:
        raise
    except Exception as error:
        handler.log_exception(type(error), error, error.__traceback__)
        told = problem(as_wove_error(error, 500), handler.request.path, handler.request_id)
        await _write(handler, b"event: problem\ndata: " + msgspec.json.encode(told) + b"\n\n")


async def _with_heartbeats(
    handler: WoveAPIHandler, items: AsyncIterator[Any]
) -> AsyncGenerator[Any, None]:
    """Pass items on; where none comes, write a comment, which also finds out who has gone."""
    while True:
        coming = asyncio.create_task(_next(items))
        try:
            while not await _either(coming, handler.gone):
                await _write(handler, b": here\n\n")
            if not coming.done():
                raise StreamClosedError
        finally:
            await _cancel(coming)
        if (item := coming.result()) is _END:
            return
        yield item


async def _either(*futures: asyncio.Future[Any]) -> bool:
    """Wait for one of them, but no longer than a heartbeat; say whether one is done."""
    done, _ = await asyncio.wait(futures, timeout=HEARTBEAT, return_when="FIRST_COMPLETED")
    return bool(done)


_END = object()


async def _next(items: AsyncIterator[Any]) -> Any:
    return await anext(items, _END)


async def _cancel(coming: asyncio.Task[Any]) -> None:
    if not coming.done():
        coming.cancel()
        await asyncio.wait({coming})


async def _close(items: AsyncIterator[Any]) -> None:
    if close := getattr(items, "aclose", None):
        await close()


async def _write(handler: WoveAPIHandler, text: bytes) -> None:
    handler.write(text)
    await handler.flush()


def _event(item: Any) -> bytes:
    """Write an item down; JSON has no line breaks, and an id loses those it has."""
    if not isinstance(item, Numbered):
        return b"data: " + msgspec.json.encode(item) + b"\n\n"
    name = "".join(item.id.split()).replace("\0", "")
    return f"id: {name}\n".encode() + b"data: " + msgspec.json.encode(item.item) + b"\n\n"
