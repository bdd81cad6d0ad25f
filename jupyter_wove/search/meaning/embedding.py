"""What turns texts into vectors: one small protocol, for models here and elsewhere."""

from collections.abc import Sequence
from typing import Protocol

from jupyter_wove.search.engines import Space, Vector


class Embedder(Protocol):
    """A model for texts; safe to use from many threads."""

    @property
    def space(self) -> Space:
        """Say whose vectors these are."""

    @property
    def unrelated(self) -> float:
        """Tell how near texts are that have nothing to do with each other."""

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Turn texts into vectors. Raises Unavailable where the model cannot be asked now."""
