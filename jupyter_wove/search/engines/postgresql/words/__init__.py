"""Words and facts in PostgreSQL's own full text search."""

from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines.generations import WordsByGeneration
from jupyter_wove.search.engines.postgresql.engine import Postgresql
from jupyter_wove.search.engines.postgresql.words.asking import Words
from jupyter_wove.search.engines.postgresql.words.schema import LAYOUT


class PostgresqlWords(Postgresql[Words], WordsByGeneration[Words]):
    """Finds words and facts, in schemas of its own."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Words, LAYOUT)


__all__ = ["PostgresqlWords"]
