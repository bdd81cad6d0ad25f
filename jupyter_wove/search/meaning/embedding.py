"""What turns texts into vectors: one small protocol, for models here and elsewhere."""

from array import array
from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeAlias

Vector: TypeAlias = "array[float]"  # of 32 bits each, and of length one


class Space(NamedTuple):
    """Where vectors can be compared: those of one model, of texts prepared in one way."""

    model: str
    dimension: int
    preparation: int


class Embedder(Protocol):
    """A model for texts; safe to use from many threads."""

    @property
    def space(self) -> Space:
        """Say whose vectors these are."""

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Turn texts into vectors. Raises Unavailable where the model cannot be asked now."""
