"""What a scripted model says: it follows from the name of the model and from what it is asked."""

import re
from collections.abc import Callable
from enum import StrEnum
from itertools import cycle, islice
from typing import Any

import msgspec

from jupyter_wove.kit.errors import BadRequest

WORDS = [
    "A",
    "scripted",
    "model",
    "says",
    "these",
    "words",
    "in",
    "turn",
    "and",
    "knows",
    "nothing.",
]
NAME = re.compile(r"[\w.-]*?(?:-(?P<count>\d+))?(?:@(?P<fault>[\w-]+?)(?::(?P<after>\d+))?)?")


class Fault(StrEnum):
    """What goes wrong with an answer; the later ones after some pieces of it."""

    BAD_REQUEST = "400"
    UNAUTHORIZED = "401"
    RATE_LIMITED = "429"
    FAILED = "500"
    OVERLOADED = "529"
    HANG_UP = "hang-up"
    HANG = "hang"
    CUT = "cut"
    SILENT_END = "eof"
    STALL = "stall"
    GARBAGE = "garbage"
    ERROR_EVENT = "error-event"
    LORIS = "loris"

    @property
    def status(self) -> int | None:
        """The HTTP status, where it is one."""
        return int(self.value) if self.value.isdecimal() else None


class Call(msgspec.Struct, frozen=True):
    """A tool that the model wants to be run."""

    name: str
    arguments: dict[str, Any]
    id: str = "call_1"


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: pieces of text, then calls of tools; times are in seconds."""

    pieces: list[str] = []
    calls: list[Call] = []
    before: float = 0.0
    between: float = 0.0
    fault: Fault | None = None
    after: int = 5  # pieces before the fault
    cached: int = 0  # tokens of the input that cost less
    problem: str = ""  # what is said of the fault


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A request, as far as any model understands it."""

    model: str
    texts: list[tuple[str, str]]  # the role and the text of each message
    tools: list[str] = []
    streams: bool = False
    most: int = 0  # tokens that it may answer
    dimensions: int = 0  # of the vectors that are wanted
    tells_usage: bool = True
    headers: dict[str, str] = {}

    @property
    def last(self) -> str:
        """The text of the newest message."""
        return self.texts[-1][1] if self.texts else ""

    @property
    def tokens(self) -> int:
        """How many tokens it has: a word is one."""
        return sum(len(text.split()) for _, text in self.texts)


Script = Callable[[Asked], Reply]


def speak(asked: Asked) -> Reply:
    """Say as many words as the model's name asks for, with the fault that it asks for.

    `scripted-200` says 200 words, `scripted@cut:5` breaks off after 5; 20 words otherwise.
    """
    match = NAME.fullmatch(asked.model)
    count, fault, after = match.group("count", "fault", "after") if match else (None, None, None)
    words = islice(cycle(WORDS), int(count or 20))
    return Reply(
        pieces=[f"{word} " for word in words],
        fault=Fault(fault) if fault in set(Fault) else None,
        after=int(after or 5),
    )


class Rule(msgspec.Struct, frozen=True):
    """A reply to whatever matches: in the newest message, from this model."""

    reply: Reply
    when: str = ""
    model: str = ""


def rules(content: bytes) -> Script:
    """Read a script: a JSON list of rules, of which the first that fits answers.

    Raises BadRequest for anything else.
    """
    try:
        known = msgspec.json.decode(content, type=list[Rule])
    except msgspec.DecodeError as error:  # a ValidationError is one, too
        raise BadRequest(f"This is no script of a model: {error}.") from error
    return lambda asked: next((rule.reply for rule in known if _fits(rule, asked)), speak(asked))


def _fits(rule: Rule, asked: Asked) -> bool:
    return rule.model in {"", asked.model} and re.search(rule.when, asked.last) is not None
