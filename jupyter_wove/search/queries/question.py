"""What somebody asks for, as a tree: all that an engine is told of what was typed."""

from typing import Literal, get_args

import msgspec

Choice = Literal[
    "lang", "user", "tag", "tech", "level", "uses", "dataset", "output", "path", "has"
]
Measure = Literal["verified", "stars", "remixes"]
Name = Literal[Choice, Measure]

CHOICES: tuple[Choice, ...] = get_args(Choice)
MEASURES: tuple[Measure, ...] = get_args(Measure)
NAMES: tuple[Name, ...] = (*CHOICES, *MEASURES)


class Term(msgspec.Struct, frozen=True):
    """Words to be found next to each other; with `prefix`, the last one may go on."""

    text: str
    prefix: bool = False


class Filter(msgspec.Struct, frozen=True):
    """What something must be: one of some values; with `no`, none of them."""

    name: Choice
    values: tuple[str, ...]
    no: bool = False


class Range(msgspec.Struct, frozen=True):
    """Between which numbers something must lie; with `no`, must not. Either end may be open.

    `verified` is measured in seconds since then; what was never verified lies nowhere.
    """

    name: Measure
    least: int | None
    most: int | None
    no: bool = False


class Pattern(msgspec.Struct, frozen=True):
    """A regular expression, as it was typed."""

    text: str
    no: bool = False


class Question(msgspec.Struct, frozen=True):
    """What is looked for, and what must not be there; empty where nothing was asked."""

    terms: tuple[Term, ...] = ()
    without: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    ranges: tuple[Range, ...] = ()
    patterns: tuple[Pattern, ...] = ()

    @property
    def asks(self) -> bool:
        """Tell whether it says what is wanted, and not only what is not."""
        wishes: list[Filter | Range] = [*self.filters, *self.ranges]
        return bool(self.terms) or any(not each.no for each in wishes)


def whole(question: Question) -> Question:
    """Take the last word for a finished one."""
    finished = tuple(Term(each.text) for each in question.terms)
    return msgspec.structs.replace(question, terms=finished)
