"""Meaning as vectors in PostgreSQL with pgvector, compared with every one of them, exactly."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines import Near, Sought, Space, Text, Vector
from jupyter_wove.search.engines.postgresql.connections import transaction
from jupyter_wove.search.engines.postgresql.engine import Postgresql
from jupyter_wove.search.engines.postgresql.vectors import schema
from jupyter_wove.search.engines.postgresql.vectors.generation import Vectors


class PostgresqlVectors(Postgresql[Vectors]):
    """Finds what is near in meaning, in schemas of its own for each space."""

    def __init__(self, database: Database, space: Space) -> None:
        super().__init__(database, Vectors, schema.layout(space))
        self.space = space

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
        return self.ask(lambda generation: generation.page(project, principals))


def has_pgvector(database: Database) -> bool:
    """Tell whether this database has pgvector, new enough."""
    with transaction(database) as speech:
        version = speech.ask_one(schema.INSTALLED)
    if version is None:
        return False
    return tuple(map(int, version.split(".")[:2])) >= schema.OLDEST


__all__ = ["PostgresqlVectors", "has_pgvector"]
