"""The messages of a prompt: lines such as `<!-- system -->` say who speaks below."""

import re

import msgspec

_SPEAKER = re.compile(
    r"^<!-- (?:(?P<role>system|developer|user|assistant|tool)"
    r"|messages: (?P<name>[A-Za-z_][A-Za-z0-9_-]{0,63})) -->$\n?",
    re.MULTILINE,
)


class Message(msgspec.Struct, frozen=True):
    """What somebody says; of the role `messages`, a place for those of a conversation."""

    role: str
    content: str


def messages_of(body: str) -> list[Message]:
    """Part a prompt into its messages; without a line that says who speaks, it is the user's.

    What stands above the first such line is the user's too, unless it is blank.
    """
    speakers = list(_SPEAKER.finditer(body))
    if not speakers:
        return [Message("user", body)]
    before = body[: speakers[0].start()]
    found = [Message("user", before)] if before.strip() else []
    ends = [each.start() for each in speakers[1:]]
    for speaker, end in zip(speakers, [*ends, None], strict=True):
        content = body[speaker.end() : end]
        if end is not None:
            content = content.removesuffix("\n")
        if speaker["name"]:
            found.append(Message("messages", speaker["name"]))
        else:
            found.append(Message(speaker["role"], content))
    return found


def body_of(messages: list[Message]) -> str:
    """Write messages as the text of a prompt."""
    if [each.role for each in messages] == ["user"] and not _SPEAKER.search(messages[0].content):
        return messages[0].content
    return "\n".join(_written(each) for each in messages)


def _written(message: Message) -> str:
    if message.role == "messages":
        return f"<!-- messages: {message.content} -->"
    return f"<!-- {message.role} -->\n{message.content}"
