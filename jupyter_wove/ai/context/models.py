"""Parts of what a model is shown, and the account of what it was."""

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a part is; the order is that of the text."""

    RULES = "rules"
    MEMORY = "memory"
    FILES = "files"
    MAP = "map"
    FOUND = "found"
    OUTLINE = "outline"
    VARIABLES = "variables"
    CELL = "cell"
    OUTPUT = "output"
    FOCUS = "focus"
    PROBLEM = "problem"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One part that may be shown: the higher its rank, the sooner it is left out."""

    id: str
    kind: Kind
    name: str  # for people
    text: str
    rank: int
    place: int = 0  # in the notebook
    is_needed: bool = False  # shortened where it is too long, and never left out


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the account: what became of a part."""

    id: str
    kind: Kind
    name: str
    tokens: int
    digest: str  # of the text, so that what was shown can be told apart
    is_in: bool
    reason: str = ""


class Packed(msgspec.Struct, frozen=True):
    """What is shown, and its account."""

    text: str
    tokens: int
    account: list[Shown]


class Wishes(msgspec.Struct, frozen=True):
    """What somebody wants shown whatever it takes, and what not, by the ids of the parts."""

    pinned: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
