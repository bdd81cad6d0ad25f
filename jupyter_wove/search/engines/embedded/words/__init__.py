"""Words in SQLite's FTS5."""

from pathlib import Path

from jupyter_wove.search.engines import Found, Wanted
from jupyter_wove.search.engines.embedded.engine import Embedded
from jupyter_wove.search.engines.embedded.words.generation import Words


class EmbeddedWords(Embedded[Words]):
    """Finds words, in a file of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Words)

    def find(self, wanted: Wanted) -> list[Found]:
        """Find what these principals may see, best first."""
        return self.ask(lambda generation: generation.find(wanted))


__all__ = ["EmbeddedWords"]
