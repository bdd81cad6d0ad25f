"""The way out of a tool: to one host and port, and nowhere else."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import SplitResult, urlsplit

PIECE = 64 * 1024  # bytes
PATIENCE = 30  # seconds
PORTS = {"http": 80, "https": 443}
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def gate(address: str) -> AsyncIterator[str]:
    """Have a proxy on the loopback that leads to an address alone; yield where it listens.

    Where this server goes out by a proxy itself, as HTTPS_PROXY says, that is on the way.
    """
    wanted = urlsplit(address)
    allowed = f"{wanted.hostname}:{wanted.port or PORTS[wanted.scheme]}"

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                line = await _head(reader)
                there = await _opened(allowed) if line == f"CONNECT {allowed}" else None
            if there is None:
                writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            else:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await _both_ways((reader, writer), there)
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError):
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
        finally:
            writer.close()

    server = await asyncio.start_server(visit, "127.0.0.1", 0)
    try:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"
    finally:
        server.close()


async def _head(reader: asyncio.StreamReader) -> str:
    """Read the head of a request; return its method and what it wants."""
    head = await reader.readuntil(b"\r\n\r\n")
    return head.partition(b"\r\n")[0].decode("latin-1").rpartition(" ")[0]


async def _opened(allowed: str) -> Streams:
    """Connect, by the proxy of this server where it has one. Raises OSError."""
    host, _, port = allowed.rpartition(":")
    proxy = urlsplit(os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy") or "")
    if not proxy.hostname or host == "127.0.0.1":
        return await asyncio.open_connection(host, int(port))
    reader, writer = await asyncio.open_connection(proxy.hostname, proxy.port or PORTS["http"])
    writer.write(f"CONNECT {allowed} HTTP/1.1\r\nHost: {allowed}\r\n{_proof(proxy)}\r\n".encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    if answer.split(b" ")[1:2] != [b"200"]:
        writer.close()
        raise ConnectionRefusedError(allowed)
    return reader, writer


def _proof(proxy: SplitResult) -> str:
    if not proxy.username:
        return ""
    proof = base64.b64encode(f"{proxy.username}:{proxy.password or ''}".encode()).decode()
    return f"Proxy-Authorization: Basic {proof}\r\n"


async def _both_ways(here: Streams, there: Streams) -> None:
    """Hand on what either says, until one of them has gone."""
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_hand_on(here[0], there[1]))
            tasks.create_task(_hand_on(there[0], here[1]))
    finally:
        there[1].close()


async def _hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(PIECE):
            writer.write(piece)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
