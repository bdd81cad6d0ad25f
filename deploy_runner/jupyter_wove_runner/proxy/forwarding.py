"""Passing requests of any size on to an app, and its answers back, as they come."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

from jupyter_wove.kit.errors import BadRequest
from jupyter_wove_runner.proxy import badge
from jupyter_wove_runner.proxy.headers import downward
from jupyter_wove_runner.proxy.served import BadGateway, Server

CONNECTING = 5  # seconds
SILENT = 3600  # seconds in which neither side says anything
SENDING = 60  # seconds in which nothing of a request's body comes
KEPT = 1.5  # seconds an unused connection to an app is kept, less than the servers of apps do
ASKED_AGAIN = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_ADDED = frozenset({"User-Agent", "Accept", "Accept-Encoding", "Content-Type"})
NO_BODY = frozenset({204, 304})


@dataclass(frozen=True)
class Client:
    """Connections to apps: those that are used again, and new ones.

    An app may close a connection just when it is used again. What can be asked twice is asked
    again then; anything else goes over a connection of its own.
    """

    kept: aiohttp.ClientSession
    fresh: aiohttp.ClientSession

    def of(self, method: str) -> aiohttp.ClientSession:
        """Choose the connections for a method."""
        return self.kept if method in ASKED_AGAIN else self.fresh


@asynccontextmanager
async def client() -> AsyncIterator[Client]:
    """Have connections to apps until the end of the block."""
    kept = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT)
    fresh = aiohttp.TCPConnector(limit=0, force_close=True)
    async with _session(kept) as one, _session(fresh) as other:
        yield Client(one, other)


def _session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=NOT_ADDED,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECTING, sock_read=SILENT),
        max_line_size=32768,
        max_field_size=32768,
    )


async def forward(
    client: Client,
    request: web.BaseRequest,
    target: Server,
    headers: CIMultiDict[str],
    more: CIMultiDict[str],
    added: bytes,
) -> web.StreamResponse:
    """Answer as the app does, with some headers more, and with what is added to its page."""
    if added:
        headers.pop("Accept-Encoding", None)  # nothing can be added to what is compressed
    try:
        asking = client.of(request.method).request(
            request.method,
            URL(f"http://{target.host}:{target.port}{path_of(request)}", encoded=True),
            headers=headers,
            data=_body(request) if request.body_exists else None,
            allow_redirects=False,
        )
        async with asking as answered:
            return await _answer(request, answered, more, added)
    except aiohttp.ClientError as error:
        raise BadGateway(
            "The app gave no answer. It may be starting again; try it soon."
        ) from error
    except TimeoutError as error:
        raise BadGateway("The app did not answer for too long.") from error


def path_of(request: web.BaseRequest) -> str:
    """Read the path and the query that are asked for, as they were written."""
    path = request.raw_path
    if not path.startswith("/"):  # a proxy is asked like this: GET http://host/path
        path = request.rel_url.raw_path_qs
    if not path.startswith("/"):
        raise BadRequest("The address begins with a slash.")
    return path


async def _body(request: web.BaseRequest) -> AsyncIterator[bytes]:
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0
    while True:
        async with asyncio.timeout(SENDING):
            piece = await request.content.readany()
        if not piece:
            return
        yield piece


async def _answer(
    request: web.BaseRequest,
    answered: aiohttp.ClientResponse,
    more: CIMultiDict[str],
    added: bytes,
) -> web.StreamResponse:
    headers = downward(answered.headers)
    if not badge.fits(answered.status, headers):
        added = b""
    if added and "Content-Length" in headers:
        headers["Content-Length"] = str(int(headers["Content-Length"]) + len(added))
    headers.extend(more)
    response = web.StreamResponse(status=answered.status, reason=answered.reason, headers=headers)
    await response.prepare(request)
    await _pass_on(request, answered, response, added)
    return response


async def _pass_on(
    request: web.BaseRequest,
    answered: aiohttp.ClientResponse,
    response: web.StreamResponse,
    added: bytes,
) -> None:
    try:
        async for piece in answered.content.iter_any():
            await response.write(piece)
    except (aiohttp.ClientError, TimeoutError) as error:
        if request.transport:  # a visitor must not take half of an answer for all of it
            request.transport.abort()
        raise ConnectionResetError("The app broke off its answer.") from error
    if added and request.method != "HEAD":
        await response.write(added)
    await response.write_eof()
