"""Meaning as vectors in PostgreSQL with pgvector, compared with every one of them, exactly."""

from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines import Space
from jupyter_wove.search.engines.generations import VectorsByGeneration
from jupyter_wove.search.engines.postgresql.connections import transaction
from jupyter_wove.search.engines.postgresql.engine import Postgresql
from jupyter_wove.search.engines.postgresql.vectors import schema
from jupyter_wove.search.engines.postgresql.vectors.generation import Vectors


class PostgresqlVectors(Postgresql[Vectors], VectorsByGeneration[Vectors]):
    """Finds what is near in meaning, in schemas of its own for each space."""

    def __init__(self, database: Database, space: Space) -> None:
        super().__init__(database, Vectors, schema.layout(space))
        self.space = space


def has_pgvector(database: Database) -> bool:
    """Tell whether this database has pgvector, new enough."""
    with transaction(database) as speech:
        version = speech.ask_one(schema.INSTALLED)
    if version is None:
        return False
    return tuple(map(int, version.split(".")[:2])) >= schema.OLDEST


__all__ = ["PostgresqlVectors", "has_pgvector"]
