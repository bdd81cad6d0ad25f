"""One pattern."""

from collections.abc import Iterator

from jupyter_wove.search.patterns import syntax
from jupyter_wove.search.patterns.budget import Budget
from jupyter_wove.search.patterns.expressions import Expression, Line
from jupyter_wove.search.patterns.needs import Need


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
