"""What turns texts into vectors: one small protocol, for models here and elsewhere."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

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


@runtime_checkable
class Elsewhere(Embedder, Protocol):
    """A model that is asked over the network, once it knows by what and on whose account."""

    def reach(self, models: Callable[[], Any], payer: Callable[[], UUID]) -> None:
        """Say how models are opened, and who pays."""

    def close(self) -> None:
        """Let go of what is open."""
