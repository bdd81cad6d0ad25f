"""The id that ties together all that one request causes: log lines, events, jobs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")


@contextmanager
def caused_by(identifier: str) -> Iterator[None]:
    """Let what happens in the block carry the id of the request that caused it."""
    token = request_id.set(identifier)
    try:
        yield
    finally:
        request_id.reset(token)
