"""Requests to servers that people name: only where they may go, and no endless answers."""

import socket
import ssl
from collections.abc import AsyncIterator

import anyio
import httpx2

from jupyter_wove.ai.mcp_servers.errors import Unreachable
from jupyter_wove.kit.addresses import is_public

MOST = 16 * 1024 * 1024  # bytes of one answer
PRIVATE = """\
{host} is at an address of this machine or of its network. The administrator can name the server in
c.Wove.ai_mcp_servers, or allow such addresses: c.Wove.ai_mcp_of_people = "any"."""


class Guarded(httpx2.AsyncHTTPTransport):
    """Connects to the very address that was looked at: no other can stand behind the name."""

    def __init__(self, *, public_only: bool) -> None:
        # Without the proxies of the environment: what they connect to could not be looked at.
        super().__init__(verify=ssl.create_default_context(), trust_env=False)
        self._public_only = public_only

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request. Raises Unreachable for an address that is not public."""
        response = await super().handle_async_request(await self._aimed(request))
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = Limited(response.stream)
        return response

    async def _aimed(self, request: httpx2.Request) -> httpx2.Request:
        if not self._public_only:
            return request
        host = request.url.host
        return httpx2.Request(
            request.method,
            request.url.copy_with(host=await public_address(host)),
            headers=request.headers,  # with the name of the host
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )


class Limited(httpx2.AsyncByteStream):
    """An answer that ends where it is too long."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MOST
        async for piece in self._stream:
            left -= len(piece)
            if left < 0:
                raise httpx2.ReadError("The answer is too long.")
            yield piece

    async def aclose(self) -> None:
        """Close it."""
        await self._stream.aclose()


async def public_address(host: str) -> str:
    """Look up a host. Raises Unreachable where one of its addresses is not public."""
    try:
        found = await anyio.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable(f"Nobody knows an address of {host}.") from error
    addresses = [str(each[4][0]) for each in found]
    if not all(map(is_public, addresses)):
        raise Unreachable(PRIVATE.format(host=host))
    return addresses[0]
