"""What agents remember beyond one chat, who let them, and where it came from."""

from jupyter_wove.ai.memories.models import Memory, NewMemory, Source
from jupyter_wove.ai.memories.service import Memories

__all__ = ["Memories", "Memory", "NewMemory", "Source"]
