"""What comes back over HTTP: checked, bounded, and with failures in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from jupyter_wove.ai.providers.failures import Failure, Kind, from_status, without

MOST_OF_A_PROBLEM = 64 * 1024  # characters
MOST = 128 * 1024 * 1024  # bytes of one answer


@contextmanager
def plain_failures() -> Iterator[None]:
    """Turn what goes wrong on the line into failures."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise Failure(Kind.SLOW, "The provider took too long.") from error
    except httpx.HTTPError as error:
        raise Failure(Kind.BROKEN, f"{type(error).__name__}: {error}") from error


async def check(answer: httpx.Response, key: str) -> None:
    """Raise Failure for what is no success, which does not tell the key."""
    if not answer.is_success:
        body = (await answer.aread()).decode(errors="replace")
        told = without(body, key)[:MOST_OF_A_PROBLEM]
        raise from_status(answer.status_code, told, answer.headers.get("Retry-After"))


async def whole(answer: httpx.Response, key: str) -> bytes:
    """Read an answer to its end."""
    await check(answer, key)
    content = bytearray()
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > MOST:
            raise Failure(Kind.BROKEN, "The provider sent more than anybody asked for.")
    return bytes(content)
