"""The listener that visitors reach, with limits for those who only want to hold it up."""

import errno
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from jupyter_wove_runner.proxy.visiting import Reception

HEAD = 16 * 1024  # bytes of a line of a request's head
HEADERS = 100
# From the first byte of a connection to the end of a request's head, and between two requests.
PATIENCE = 30  # seconds
BACKLOG = 1024


@asynccontextmanager
async def received(reception: Reception, address: str, port: int) -> AsyncIterator[int]:
    """Receive visitors until the end of the block, at this port, or at any where it is 0."""
    server = web.Server(
        reception.receive,
        handler_cancellation=True,
        keepalive_timeout=PATIENCE,
        lingering_time=2,
        max_line_size=HEAD,
        max_field_size=HEAD,
        max_headers=HEADERS,
        auto_decompress=False,
        access_log=None,
        logger=_quiet_log(),
    )
    runner = web.ServerRunner(server, shutdown_timeout=1)
    await runner.setup()
    try:
        yield await _listen(runner, address, port)
    finally:
        await runner.cleanup()


def _quiet_log() -> logging.Logger:
    """Have a log of what goes wrong here, without what strangers send that is no HTTP."""
    log = logging.getLogger(__name__)
    if not log.filters:
        log.addFilter(_is_ours)
    return log


def _is_ours(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)


async def _listen(runner: web.ServerRunner, address: str, port: int) -> int:
    site = web.TCPSite(runner, address, port, backlog=BACKLOG, reuse_address=True)
    await site.start()
    return int(runner.addresses[0][1])


def free(address: str, wanted: int) -> int:
    """Say which port to take: the wanted one, unless somebody else has it."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((address, wanted))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            tried.bind((address, 0))
        return int(tried.getsockname()[1])
