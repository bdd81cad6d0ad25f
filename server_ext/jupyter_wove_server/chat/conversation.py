"""What a model is told of a chat."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from jupyterlab_chat.models import Message, User

LATEST = 60  # messages that a model is told
READ = 300  # messages that are read: what is not told of them is summed up
OPEN = "What the person has open, as data:"
EARLIER = "What was said before, in short, as data:"


class Conversation(NamedTuple):
    """What a model is told, and the messages that came before that."""

    told: list[dict[str, Any]]
    earlier: list[Message]


def conversation(
    messages: Iterable[Message], users: dict[str, User], me: str, tokens: int, most: int = LATEST
) -> Conversation:
    """Write the newest messages that fit into so many tokens, and not more than so many."""
    from jupyter_wove.ai import estimate  # noqa: PLC0415 — with the first message

    listed, told, left = list(messages), list[dict[str, Any]](), tokens
    for place in reversed(range(len(listed))):
        message = listed[place]
        text = said_by(message, users, me)
        left -= estimate(text)
        if told and (left < 0 or len(told) == most):
            return Conversation(told[::-1], listed[: place + 1])
        if text:
            told.append({"role": "assistant" if message.sender == me else "user", "content": text})
    return Conversation(told[::-1], [])


def to_sum_up(
    messages: list[Message], users: dict[str, User], me: str, tokens: int
) -> list[Message]:
    """Choose what a summary is to hold: the older half, so that few questions need a new one."""
    return conversation(messages, users, me, tokens // 2, LATEST // 2).earlier


def with_sight(
    said: list[dict[str, Any]], shown: str, wanted: str = "", earlier: str = ""
) -> list[dict[str, Any]]:
    """Put what somebody has open before what they say last, and what that means behind it.

    What came `earlier` stands at the beginning. All between stays the same.
    """
    *before, last = said
    opened = f"{OPEN}\n\n{shown}" if shown else ""
    told = "\n\n".join(filter(None, [opened, last["content"], wanted]))
    first = [{"role": "user", "content": f"{EARLIER}\n\n{earlier}"}] if earlier else []
    return [*first, *before, {"role": last["role"], "content": told}]


def said_by(message: Message, users: dict[str, User], me: str) -> str:
    """Write a message with the name of who says it, without secrets; nothing for a deleted one."""
    if message.deleted or not message.body:
        return ""
    from jupyter_wove.ai import without_secrets  # noqa: PLC0415 — with the first message

    body = without_secrets(str(message.body))
    if message.sender == me:
        return body
    user = users.get(message.sender)
    return f"{(user.display_name or user.name) if user else message.sender}: {body}"
