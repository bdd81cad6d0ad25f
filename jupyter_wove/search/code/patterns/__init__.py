"""Patterns of people: what a text must hold to match them, and where it does."""

from collections.abc import Iterator

from jupyter_wove.search.code.patterns import syntax
from jupyter_wove.search.code.patterns.budget import Budget, OutOfTime
from jupyter_wove.search.code.patterns.expressions import Expression, Line, escape
from jupyter_wove.search.code.patterns.needs import ANYTHING, IMPOSSIBLE, Every, Need, Some

__all__ = [
    "ANYTHING",
    "IMPOSSIBLE",
    "Budget",
    "Every",
    "Line",
    "Need",
    "OutOfTime",
    "Pattern",
    "Some",
    "escape",
]


class Pattern:
    """A regular expression, to be found within one line; raises InvalidRequest if it is none."""

    def __init__(self, source: str, *, case: bool = False) -> None:
        source = source.encode(errors="ignore").decode()
        self._expression = Expression(source, case=case)
        self.need: Need = syntax.need(source, folds=not case)

    def lines(self, text: bytes, budget: Budget) -> Iterator[Line]:
        """Find the lines that match, in their order; raises OutOfTime."""
        return self._expression.lines(text, budget)

    def matches(self, text: bytes, budget: Budget) -> bool:
        """Tell whether any line matches; raises OutOfTime."""
        return next(self.lines(text, budget), None) is not None
