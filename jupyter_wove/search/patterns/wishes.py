"""What is wished for in a text: several patterns, and some that must not be there."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import NamedTuple

import msgspec

from jupyter_wove.search.patterns.budget import Budget, OutOfTime
from jupyter_wove.search.patterns.expressions import Line, Span
from jupyter_wove.search.patterns.needs import Need, every
from jupyter_wove.search.patterns.patterns import Pattern

MOST_SHOWN, MOST_COUNTED = 5, 100  # lines of a text
CLOSELY, LOOSELY = 0, 1  # how well a text matches; the lower, the better


class Selection(NamedTuple):
    """The lines that show best how a text matches, out of how many that match."""

    lines: list[Line]
    matches: int


class Wish(msgspec.Struct, frozen=True):
    """A text must match all `patterns`, each in some line, and none of `without`.

    One in which `closely` matches, too, is better.
    """

    patterns: Sequence[Pattern]
    without: Sequence[Pattern] = ()
    closely: Pattern | None = None

    @property
    def need(self) -> Need:
        """Tell what a text must hold."""
        return every(each.need for each in self.patterns)

    def rank(self, text: bytes, budget: Budget) -> int | None:
        """Tell how well a text matches; None where it does not. Raises OutOfTime."""
        if not all(each.matches(text, budget) for each in self.patterns):
            return None
        if any(each.matches(text, budget) for each in self.without):
            return None
        return CLOSELY if self.closely and self.closely.matches(text, budget) else LOOSELY

    def selection(self, text: bytes, budget: Budget) -> Selection:
        """Choose the lines of a text that match best, as far as there is time to look."""
        matched: dict[int, list[Line]] = {}
        with suppress(OutOfTime):
            for each in self._shown():
                for line in islice(each.lines(text, budget), MOST_COUNTED):
                    matched.setdefault(line.start, []).append(line)
        best = sorted(matched, key=lambda start: (-len(matched[start]), start))[:MOST_SHOWN]
        lines = [_together(matched[start]) for start in sorted(best)]
        return Selection(lines, min(len(matched), MOST_COUNTED))

    def _shown(self) -> list[Pattern]:
        return [*self.patterns, *([self.closely] if self.closely else [])]


def _together(lines: list[Line]) -> Line:
    """Join what several patterns hit in the same line."""
    spans = sorted(chain.from_iterable(line.hits for line in lines))
    hits: list[Span] = []
    for start, end in spans:
        if hits and start <= hits[-1][1]:
            hits[-1] = (hits[-1][0], max(hits[-1][1], end))
        else:
            hits.append((start, end))
    return Line(lines[0].start, lines[0].end, hits)
