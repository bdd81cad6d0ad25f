"""The timeline of a document: who worked on it when, what it said then, and the way back."""

from jupyter_wove.collaboration.timeline.opened import OpenFiles
from jupyter_wove.collaboration.timeline.service import Timeline

__all__ = ["OpenFiles", "Timeline"]
