"""Requests that aiodocker does not have, or that it would read to their end into memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiodocker import Docker
from aiohttp import ClientResponse

from jupyter_wove_runner.containers.errors import explained


@asynccontextmanager
async def asked(
    docker: Docker, path: str, method: str = "GET", **options: Any
) -> AsyncIterator[ClientResponse]:
    """Ask the engine, for as long as the block takes."""
    with explained():
        async with docker._query(path, method, timeout=None, **options) as response:
            try:
                yield response
            finally:
                response.close()
