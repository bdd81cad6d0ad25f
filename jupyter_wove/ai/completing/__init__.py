"""What somebody could want to type next: asked for while they type."""

from jupyter_wove.ai.completing.asking import Typed, asked, read_typed
from jupyter_wove.ai.completing.cleaning import inserted

__all__ = ["Typed", "asked", "inserted", "read_typed"]
