"""Meaning as vectors, compared with every one of them, exactly."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from jupyter_wove.search.engines import Near, Sought, Space, Text, Vector
from jupyter_wove.search.engines.embedded.engine import Embedded
from jupyter_wove.search.engines.embedded.vectors.generation import Vectors


class EmbeddedVectors(Embedded[Vectors]):
    """Finds what is near in meaning, in a file of its own for each space."""

    def __init__(self, folder: Path, space: Space) -> None:
        super().__init__(folder, Vectors)
        self.space = space
        model = re.sub(r"[^\w.-]", "-", space.model)
        name = f"{self.pointer.name}-{model}-{space.dimension}-{space.preparation}"
        self.pointer = self.pointer.with_name(name)

    def take(self, most: int) -> list[Text]:
        """Take texts that have no vector yet, the newest first."""
        return self.ask(lambda generation: generation.take(most))

    def give(self, vectors: Mapping[str, Vector]) -> None:
        """Give texts their vectors, by digest."""
        self.ask(lambda generation: generation.give(vectors))

    def put_back(self, digests: Sequence[str]) -> None:
        """Leave texts that were taken to others."""
        self.ask(lambda generation: generation.put_back(digests))

    def progress(self) -> tuple[int, int]:
        """Tell how many texts have vectors, and how many there are."""
        return self.ask(lambda generation: generation.progress())

    def nearest(self, sought: Sought) -> list[Near]:
        """Find what these principals may see, the nearest first."""
        return self.ask(lambda generation: generation.nearest(sought))

    def page(self, project: UUID, principals: Sequence[str]) -> Vector | None:
        """Say what the page of a project means, if these principals may see it."""
        dimension = self.space.dimension
        return self.ask(lambda generation: generation.page(project, principals, dimension))


__all__ = ["EmbeddedVectors"]
