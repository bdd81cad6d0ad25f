"""Answers that grow: one JSON message a line, for as long as somebody listens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import msgspec
from aiohttp import web

BEAT = 0.25  # seconds


async def stream(request: web.Request, work: AsyncIterator[Any]) -> web.StreamResponse:
    """Answer with the messages of some work; hanging up ends it, wherever it is.

    While it has nothing to say, empty lines tell that it goes on.
    """
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    await response.prepare(request)
    async with aclosing(_with_beats(work)) as lines:  # type: ignore[type-var]
        async for line in lines:
            await response.write(line + b"\n")
    await response.write_eof()
    return response


async def _with_beats(work: AsyncIterator[Any]) -> AsyncIterator[bytes]:
    following: asyncio.Future[Any] = asyncio.ensure_future(anext(work, None))
    try:
        while True:
            done, _ = await asyncio.wait([following], timeout=BEAT)
            if not done:
                yield b""
            elif (message := following.result()) is None:
                return
            else:
                yield msgspec.json.encode(message)
                following = asyncio.ensure_future(anext(work, None))
    finally:
        following.cancel()
        await asyncio.wait([following])
