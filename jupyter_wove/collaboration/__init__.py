"""Collaboration: what people type together, kept as it comes in."""

from jupyter_wove.collaboration.live import Live, NotLive
from jupyter_wove.collaboration.models import History, Kept
from jupyter_wove.collaboration.reconciliation import Reconciled, edited, reconcile
from jupyter_wove.collaboration.service import Rooms
from jupyter_wove.collaboration.suggestions import Suggestions

__all__ = [
    "History",
    "Kept",
    "Live",
    "NotLive",
    "Reconciled",
    "Rooms",
    "Suggestions",
    "edited",
    "reconcile",
]
