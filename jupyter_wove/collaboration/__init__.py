"""Collaboration: what people type together, kept as it comes in."""

from jupyter_wove.collaboration.comments import CommentMentioned, Comments
from jupyter_wove.collaboration.live import Live, NotLive
from jupyter_wove.collaboration.models import History, Kept
from jupyter_wove.collaboration.past import Limits
from jupyter_wove.collaboration.reconciliation import Reconciled, edited, reconcile
from jupyter_wove.collaboration.service import Rooms
from jupyter_wove.collaboration.suggestions import (
    Piece,
    Suggestion,
    SuggestionAccepted,
    SuggestionEvent,
    SuggestionRejected,
    Suggestions,
    SuggestionUndecided,
    SuggestionWithdrawn,
    Verdict,
    Wish,
    digest_of,
    forget_closed,
)
from jupyter_wove.collaboration.timeline import OpenFiles, Timeline

__all__ = [
    "CommentMentioned",
    "Comments",
    "History",
    "Kept",
    "Limits",
    "Live",
    "NotLive",
    "OpenFiles",
    "Piece",
    "Reconciled",
    "Rooms",
    "Suggestion",
    "SuggestionAccepted",
    "SuggestionEvent",
    "SuggestionRejected",
    "SuggestionUndecided",
    "SuggestionWithdrawn",
    "Suggestions",
    "Timeline",
    "Verdict",
    "Wish",
    "digest_of",
    "edited",
    "forget_closed",
    "reconcile",
]
