"""Meaning as vectors, compared with every one of them, exactly."""

import re
from pathlib import Path

from jupyter_wove.search.engines import Space
from jupyter_wove.search.engines.embedded.engine import Embedded
from jupyter_wove.search.engines.embedded.vectors.generation import Vectors
from jupyter_wove.search.engines.generations import VectorsByGeneration


class EmbeddedVectors(Embedded[Vectors], VectorsByGeneration[Vectors]):
    """Finds what is near in meaning, in a file of its own for each space."""

    def __init__(self, folder: Path, space: Space) -> None:
        super().__init__(folder, Vectors)
        self.space = space
        model = re.sub(r"[^\w.-]", "-", space.model)
        name = f"{self.pointer.name}-{model}-{space.dimension}-{space.preparation}"
        self.pointer = self.pointer.with_name(name)


__all__ = ["EmbeddedVectors"]
