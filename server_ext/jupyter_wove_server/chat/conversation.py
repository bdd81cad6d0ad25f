"""What a model is told of a chat."""

from collections.abc import Iterable
from typing import Any

from jupyterlab_chat.models import Message, User

LATEST = 60  # messages that are looked at
OPEN = "What the person has open, as data:"
OF_WINDOW = 0.6  # the rest is for the answer, and for what an estimate is wrong by


def conversation(
    messages: Iterable[Message], users: dict[str, User], me: str, tokens: int, instructions: str
) -> list[dict[str, Any]]:
    """Write the newest messages that fit into so many tokens, behind the instructions."""
    from jupyter_wove.ai import estimate  # noqa: PLC0415 — with the first message

    told: list[dict[str, Any]] = []
    left = tokens - estimate(instructions)
    for message in reversed(list(messages)):
        text = _text(message, users, me)
        left -= estimate(text)
        if told and left < 0:
            break
        if text:
            told.append({"role": "assistant" if message.sender == me else "user", "content": text})
    return [{"role": "system", "content": instructions}, *reversed(told)]


def with_sight(said: list[dict[str, Any]], shown: str) -> list[dict[str, Any]]:
    """Put what somebody has open before what they say last: all before it stays the same."""
    if not shown:
        return said
    *before, last = said
    told = f"{OPEN}\n\n{shown}\n\n{last['content']}"
    return [*before, {"role": last["role"], "content": told}]


def _text(message: Message, users: dict[str, User], me: str) -> str:
    if message.deleted or not message.body:
        return ""
    if message.sender == me:
        return str(message.body)
    user = users.get(message.sender)
    return f"{(user.display_name or user.name) if user else message.sender}: {message.body}"
