"""Suggestions: what somebody would change in a document, decided cell by cell by its editors."""

from jupyter_wove.collaboration.suggestions.content import Piece, Wish
from jupyter_wove.collaboration.suggestions.models import (
    Decided,
    NewSuggestion,
    SuggestedChange,
    Suggestion,
    Verdict,
)
from jupyter_wove.collaboration.suggestions.service import Suggestions, forget_closed

__all__ = [
    "Decided",
    "NewSuggestion",
    "Piece",
    "SuggestedChange",
    "Suggestion",
    "Suggestions",
    "Verdict",
    "Wish",
    "forget_closed",
]
