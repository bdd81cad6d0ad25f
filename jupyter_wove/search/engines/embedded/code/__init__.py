"""Code in SQLite's FTS5, which knows of each three characters where they are."""

from pathlib import Path

from jupyter_wove.search.engines.code import Files, Sought
from jupyter_wove.search.engines.embedded.code.finding import Finder
from jupyter_wove.search.engines.embedded.code.generation import Code
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


__all__ = ["EmbeddedCode"]
