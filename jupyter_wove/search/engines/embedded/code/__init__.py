"""Code in SQLite's FTS5, which knows of each three characters where they are."""

from pathlib import Path

from jupyter_wove.search.engines.code import Files, Sought
from jupyter_wove.search.engines.embedded.code import schema
from jupyter_wove.search.engines.embedded.code.finding import Finder
from jupyter_wove.search.engines.embedded.code.generation import Code
from jupyter_wove.search.engines.embedded.code.spelling import nearest, slips
from jupyter_wove.search.engines.embedded.engine import Embedded


class EmbeddedCode(Embedded[Code]):
    """Finds lines that match, in a file of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Code)

    def find(self, sought: Sought) -> Files:
        """Find files that these principals may see."""

        def ask(generation: Code) -> Files:
            with generation.connections.read() as connection:
                return Finder(connection, sought).files()

        return self.ask(ask)

    def names_like(self, name: str, limit: int) -> list[str]:
        """Find names in code that are spelled nearly like this one, the nearest first."""
        lengths = len(name) - slips(name), len(name) + slips(name)

        def ask(generation: Code) -> list[str]:
            with generation.connections.read() as connection:
                rows = connection.execute(schema.NAMES, lengths)
                return nearest(name, [known for (known,) in rows], limit)

        return self.ask(ask)


__all__ = ["EmbeddedCode"]
