"""Sittings: what the same people did without a long pause, put together from stretches."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

PAUSE = timedelta(minutes=5)
LONGEST = timedelta(minutes=30)


class Part(Protocol):
    """A stretch of the past, or of the log."""

    @property
    def last(self) -> int:
        """The number of its last entry."""

    @property
    def began(self) -> datetime:
        """When it began."""

    @property
    def ended(self) -> datetime:
        """When it ended."""


class Sitting(msgspec.Struct):
    """What some people did from `began` to `ended`, up to the entry `last`."""

    last: int
    began: datetime
    ended: datetime
    authors: frozenset[str]


def sittings(parts: Iterable[tuple[Part, Iterable[str]]]) -> list[Sitting]:
    """Put parts together, oldest first; those that nobody is the author of are left out."""
    found: list[Sitting] = []
    for part, authors in parts:
        who = frozenset(authors)
        if not who:
            continue
        if found and _goes_on(found[-1], part, who):
            found[-1].last, found[-1].ended = part.last, part.ended
        else:
            found.append(Sitting(part.last, part.began, part.ended, who))
    return found


def _goes_on(sitting: Sitting, part: Part, who: frozenset[str]) -> bool:
    is_near = part.began - sitting.ended < PAUSE and part.ended - sitting.began <= LONGEST
    return is_near and who == sitting.authors
