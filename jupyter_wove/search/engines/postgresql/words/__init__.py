"""Words in PostgreSQL's own full text search."""

from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines import Found, Wanted
from jupyter_wove.search.engines.postgresql.engine import Postgresql
from jupyter_wove.search.engines.postgresql.words.generation import Words


class PostgresqlWords(Postgresql[Words]):
    """Finds words, in schemas of its own."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Words)

    def find(self, wanted: Wanted) -> list[Found]:
        """Find what these principals may see, best first."""
        return self.ask(lambda generation: generation.find(wanted))


__all__ = ["PostgresqlWords"]
