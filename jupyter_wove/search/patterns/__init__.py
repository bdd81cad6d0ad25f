"""Patterns of people: what a text must hold to match them, and where it does."""

from jupyter_wove.search.patterns.budget import Budget, Moment, OutOfTime, Patience
from jupyter_wove.search.patterns.expressions import Line, Span, escape
from jupyter_wove.search.patterns.needs import ANYTHING, IMPOSSIBLE, Every, Need, Some
from jupyter_wove.search.patterns.patterns import Pattern
from jupyter_wove.search.patterns.wishes import CLOSELY, Selection, Wish

__all__ = [
    "ANYTHING",
    "CLOSELY",
    "IMPOSSIBLE",
    "Budget",
    "Every",
    "Line",
    "Moment",
    "Need",
    "OutOfTime",
    "Patience",
    "Pattern",
    "Selection",
    "Some",
    "Span",
    "Wish",
    "escape",
]
