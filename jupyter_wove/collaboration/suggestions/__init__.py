"""Suggestions: what somebody would change in a document, decided cell by cell by its editors."""

from jupyter_wove.collaboration.suggestions.content import Piece, Wish, digest_of
from jupyter_wove.collaboration.suggestions.models import (
    Decided,
    NewSuggestion,
    SuggestedChange,
    Suggestion,
    SuggestionAccepted,
    SuggestionEvent,
    SuggestionRejected,
    SuggestionUndecided,
    SuggestionWithdrawn,
    Verdict,
)
from jupyter_wove.collaboration.suggestions.service import Suggestions, forget_closed

__all__ = [
    "Decided",
    "NewSuggestion",
    "Piece",
    "SuggestedChange",
    "Suggestion",
    "SuggestionAccepted",
    "SuggestionEvent",
    "SuggestionRejected",
    "SuggestionUndecided",
    "SuggestionWithdrawn",
    "Suggestions",
    "Verdict",
    "Wish",
    "digest_of",
    "forget_closed",
]
