"""Words and facts in SQLite's FTS5."""

from pathlib import Path

from jupyter_wove.search.engines.embedded.engine import Embedded
from jupyter_wove.search.engines.embedded.words.asking import Words
from jupyter_wove.search.engines.generations import WordsByGeneration


class EmbeddedWords(Embedded[Words], WordsByGeneration[Words]):
    """Finds words and facts, in a file of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Words)


__all__ = ["EmbeddedWords"]
