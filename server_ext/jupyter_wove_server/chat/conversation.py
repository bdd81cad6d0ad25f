"""What a model is told of a chat."""

from collections.abc import Iterable
from typing import Any

from jupyterlab_chat.models import Message, User

LATEST = 60  # messages that are looked at
OPEN = "What the person has open, as data:"


def conversation(
    messages: Iterable[Message], users: dict[str, User], me: str, tokens: int
) -> list[dict[str, Any]]:
    """Write the newest messages that fit into so many tokens."""
    from jupyter_wove.ai import estimate  # noqa: PLC0415 — with the first message

    told: list[dict[str, Any]] = []
    left = tokens
    for message in reversed(list(messages)):
        text = _text(message, users, me)
        left -= estimate(text)
        if told and left < 0:
            break
        if text:
            told.append({"role": "assistant" if message.sender == me else "user", "content": text})
    return told[::-1]


def with_sight(said: list[dict[str, Any]], shown: str, wanted: str = "") -> list[dict[str, Any]]:
    """Put what somebody has open before what they say last, and what that means behind it.

    All before it stays the same.
    """
    *before, last = said
    opened = f"{OPEN}\n\n{shown}" if shown else ""
    told = "\n\n".join(filter(None, [opened, last["content"], wanted]))
    return [*before, {"role": last["role"], "content": told}]


def _text(message: Message, users: dict[str, User], me: str) -> str:
    if message.deleted or not message.body:
        return ""
    if message.sender == me:
        return str(message.body)
    user = users.get(message.sender)
    return f"{(user.display_name or user.name) if user else message.sender}: {message.body}"
