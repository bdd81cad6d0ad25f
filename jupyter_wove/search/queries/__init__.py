"""What people type to search, read so that nothing in it can be a mistake."""

from jupyter_wove.search.queries.editing import chosen, replaced, toggled, typed_at
from jupyter_wove.search.queries.pieces import LONGEST, Piece, Without, pieces
from jupyter_wove.search.queries.qualifiers import quoted, written
from jupyter_wove.search.queries.question import (
    CHOICES,
    MEASURES,
    NAMES,
    Choice,
    Filter,
    Measure,
    Name,
    Pattern,
    Question,
    Range,
    Term,
    whole,
)
from jupyter_wove.search.queries.reading import parse, write

__all__ = [
    "CHOICES",
    "LONGEST",
    "MEASURES",
    "NAMES",
    "Choice",
    "Filter",
    "Measure",
    "Name",
    "Pattern",
    "Piece",
    "Question",
    "Range",
    "Term",
    "Without",
    "chosen",
    "parse",
    "pieces",
    "quoted",
    "replaced",
    "toggled",
    "typed_at",
    "whole",
    "write",
    "written",
]
