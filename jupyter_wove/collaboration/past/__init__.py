"""What the log of a room was summed up from: who typed what when, kept for a while."""

from jupyter_wove.collaboration.past.folding import Folded, fold, state_of, stretches
from jupyter_wove.collaboration.past.models import DISK, FILE, SERVER, Entry, Limits, Stretch
from jupyter_wove.collaboration.past.store import PastStore
from jupyter_wove.collaboration.past.tables import CheckpointRow, PastRow

__all__ = [
    "DISK",
    "FILE",
    "SERVER",
    "CheckpointRow",
    "Entry",
    "Folded",
    "Limits",
    "PastRow",
    "PastStore",
    "Stretch",
    "fold",
    "state_of",
    "stretches",
]
