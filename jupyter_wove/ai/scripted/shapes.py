"""The shape in which a provider is asked and answers."""

from collections.abc import Iterator
from typing import Any, Protocol

import msgspec

from jupyter_wove.ai.scripted.exchange import Exchange
from jupyter_wove.ai.scripted.script import Asked, Reply

Json = dict[str, Any]


class Shape(Protocol):
    """How one provider writes things down."""

    def asked(self, exchange: Exchange, body: Json) -> Asked:
        """Read a request."""

    def whole(self, asked: Asked, reply: Reply) -> Json:
        """Write an answer in one piece."""

    def events(self, asked: Asked, reply: Reply) -> Iterator[bytes]:
        """Write an answer as server-sent events, each piece of text one."""

    def problem(self, status: int, sentence: str) -> Json:
        """Write what went wrong."""


def event(content: object, name: str = "") -> bytes:
    """Write one server-sent event."""
    head = f"event: {name}\n".encode() if name else b""
    return head + b"data: " + msgspec.json.encode(content) + b"\n\n"


def text_of(content: Any) -> str:
    """Read the text of a message: a string, or parts of which some are text."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return " ".join(str(part.get("text") or part.get("content") or "") for part in parts)
