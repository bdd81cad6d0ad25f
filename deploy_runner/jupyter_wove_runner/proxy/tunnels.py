"""WebSockets between visitors and apps, byte by byte, with all that both agreed upon."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import h11
from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from multidict import CIMultiDict

from jupyter_wove_runner.proxy.forwarding import CONNECTING, path_of
from jupyter_wove_runner.proxy.headers import downward
from jupyter_wove_runner.proxy.served import BadGateway, Server

HIGH_WATER = 256 * 1024  # bytes that wait for an app
PIECE = 64 * 1024
LONGEST_REFUSAL = 64 * 1024
SHAKING = 30  # seconds
SWITCHING = 101
LONGEST = 8 * 3600  # seconds: then whoever is still there connects again, if they still may

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Tunnel(web.StreamResponse):
    """An answer that was given byte by byte."""

    async def prepare(self, request: web.BaseRequest) -> None:
        """Send nothing: it was sent."""

    async def write_eof(self, data: bytes = b"") -> None:
        """Send nothing: it was sent."""


class _Upward:
    """Take what a visitor sends, and give it to the app no faster than it takes it."""

    def __init__(self, near: RequestHandler, far: asyncio.StreamWriter) -> None:
        self._near, self._far = near, far
        self._waiting: asyncio.Task[None] | None = None

    def feed_data(self, data: bytes) -> tuple[bool, bytes]:
        """Pass something on."""
        if not self._far.is_closing():
            self._far.write(data)
            full = self._far.transport.get_write_buffer_size() > HIGH_WATER
            if full and (self._waiting is None or self._waiting.done()):
                self._near.pause_reading()
                self._waiting = asyncio.create_task(self._drain())
        return False, b""

    def feed_eof(self) -> None:
        """Hear that the visitor has gone."""
        self._far.close()

    async def _drain(self) -> None:
        try:
            await self._far.drain()
        except ConnectionError:
            return
        self._near.resume_reading()


async def tunnel(
    request: web.BaseRequest,
    target: Server,
    headers: CIMultiDict[str],
    more: CIMultiDict[str],
) -> web.StreamResponse:
    """Connect a visitor's WebSocket with the app, until one of them closes it."""
    async with _connected(target) as (reader, writer):
        shaking = h11.Connection(h11.CLIENT)
        async with asyncio.timeout(SHAKING):
            writer.write(_hello(shaking, request, headers))
            answered = await _heard(shaking, reader)
            if not isinstance(answered, h11.InformationalResponse):
                return await _refused(shaking, reader, answered, more)
        near = request.protocol
        await _accept(near, answered, shaking.trailing_data[0])
        near.set_parser(cast(Any, _Upward(near, writer)))
        near.keep_alive(False)
        await _downward(reader, near)
        response = Tunnel(status=SWITCHING)
        response.force_close()
        return response


@asynccontextmanager
async def _connected(target: Server) -> AsyncIterator[Streams]:
    try:
        async with asyncio.timeout(CONNECTING):
            reader, writer = await asyncio.open_connection(target.host, target.port)
    except (OSError, TimeoutError) as error:
        raise BadGateway("The app takes no connections. Try it again soon.") from error
    try:
        yield reader, writer
    finally:
        writer.close()


def _hello(shaking: h11.Connection, request: web.BaseRequest, headers: CIMultiDict[str]) -> bytes:
    lines = [(name, value) for name, value in headers.items() if name.lower() != "content-length"]
    lines += [("Connection", "Upgrade"), ("Upgrade", "websocket")]
    asked = h11.Request(method="GET", target=path_of(request), headers=lines)
    return shaking.send(asked) + shaking.send(h11.EndOfMessage())


async def _heard(
    shaking: h11.Connection, reader: asyncio.StreamReader
) -> h11.InformationalResponse | h11.Response:
    while True:
        event = await _next(shaking, reader)
        if isinstance(event, h11.Response):
            return event
        if isinstance(event, h11.InformationalResponse) and event.status_code == SWITCHING:
            return event


async def _next(shaking: h11.Connection, reader: asyncio.StreamReader) -> Any:
    try:
        while (event := shaking.next_event()) is h11.NEED_DATA:
            shaking.receive_data(await reader.read(PIECE))
    except (h11.RemoteProtocolError, ConnectionError) as error:
        raise BadGateway("The app did not answer as a WebSocket does.") from error
    if isinstance(event, h11.ConnectionClosed):
        raise BadGateway("The app closed the connection without an answer.")
    return event


async def _refused(
    shaking: h11.Connection,
    reader: asyncio.StreamReader,
    answered: h11.Response,
    more: CIMultiDict[str],
) -> web.Response:
    """Answer as the app does, which opened no WebSocket."""
    body = b""
    while isinstance(event := await _next(shaking, reader), h11.Data):
        body += event.data
        if len(body) > LONGEST_REFUSAL:
            break
    headers = _decoded(answered)
    headers.popall("Content-Length", None)
    headers.extend(more)
    return web.Response(status=answered.status_code, body=body[:LONGEST_REFUSAL], headers=headers)


def _decoded(answered: h11.InformationalResponse | h11.Response) -> CIMultiDict[str]:
    lines = CIMultiDict((n.decode("latin-1"), v.decode("latin-1")) for n, v in answered.headers)
    return downward(lines)


async def _accept(near: RequestHandler, answered: h11.InformationalResponse, begun: bytes) -> None:
    lines = [*_decoded(answered).items(), ("Connection", "Upgrade"), ("Upgrade", "websocket")]
    head = "".join(f"{name}: {value}\r\n" for name, value in lines)
    await _send(near, f"HTTP/1.1 101 Switching Protocols\r\n{head}\r\n".encode("latin-1") + begun)


async def _downward(reader: asyncio.StreamReader, near: RequestHandler) -> None:
    """Give a visitor what the app sends, no faster than they take it."""
    try:
        async with asyncio.timeout(LONGEST):
            while data := await reader.read(PIECE):
                await _send(near, data)
    except (ConnectionError, TimeoutError):
        return


async def _send(near: RequestHandler, data: bytes) -> None:
    if near.transport is None:
        raise ConnectionResetError("The visitor has gone.")
    near.transport.write(data)
    await near._drain_helper()
