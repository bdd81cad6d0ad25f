"""Code in PostgreSQL, which knows of each three characters where they are."""

from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines.code import Files, Sought
from jupyter_wove.search.engines.embedded.code.spelling import nearest, slips
from jupyter_wove.search.engines.postgresql.code import schema
from jupyter_wove.search.engines.postgresql.code.finding import Finder
from jupyter_wove.search.engines.postgresql.code.generation import Code
from jupyter_wove.search.engines.postgresql.engine import Postgresql


class PostgresqlCode(Postgresql[Code]):
    """Finds lines that match, in schemas of its own."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Code, schema.LAYOUT)

    def find(self, sought: Sought) -> Files:
        """Find files that these principals may see."""

        def ask(generation: Code) -> Files:
            with generation.connections.read() as speech:
                return Finder(speech, sought).files()

        return self.ask(ask)

    def names_like(self, name: str, limit: int) -> list[str]:
        """Find names in code that are spelled nearly like this one, the nearest first."""
        lengths = {"least": len(name) - slips(name), "most": len(name) + slips(name)}

        def ask(generation: Code) -> list[str]:
            with generation.connections.read() as speech:
                known = [each for (each,) in speech.ask(schema.NAMES, lengths)]
            return nearest(name, known, limit)

        return self.ask(ask)


__all__ = ["PostgresqlCode"]
