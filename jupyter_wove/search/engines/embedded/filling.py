"""The connection to a file that nobody else knows yet."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jupyter_wove.search.engines.embedded.connections import Connections, Layout, plain_errors

MOST_KNOWN = 100_000  # facts in memory, of up to 200 characters each


class Filling(Connections):
    """One connection with one long transaction; where it fails, the file is thrown away.

    After each small transaction FTS5 would merge what is in it with what there is, and the disk
    would be waited for: that takes twice as long.
    """

    def __init__(self, file: Path, layout: Layout) -> None:
        super().__init__(file, layout)
        self._filled: sqlite3.Connection | None = None
        self._numbers: dict[tuple[str, str], int] = {}

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """See what was written until now."""
        with plain_errors():
            yield self._only()

    @contextmanager
    def write(self, check: Callable[[], None]) -> Iterator[sqlite3.Connection]:
        """Write; nobody else does."""
        with plain_errors():
            check()
            yield self._only()

    def numbers(self) -> dict[tuple[str, str], int]:
        """Give the same room each time, until it is full."""
        if len(self._numbers) > MOST_KNOWN:
            self._numbers.clear()
        return self._numbers

    def finish(self) -> None:
        """Bring all to the disk, and make it a file that many can open."""
        if self._filled is None:
            return
        with plain_errors():
            self._filled.execute("COMMIT")
            self._filled.execute("PRAGMA journal_mode = WAL")
        self.close()
        with self.file.open("rb") as file:
            os.fsync(file.fileno())

    def close(self) -> None:
        """Let go of the file, as it is."""
        if self._filled:
            self._filled.close()
        self._filled = None

    def _only(self) -> sqlite3.Connection:
        if self._filled is None:
            self._filled = self._open()
            self._filled.execute("PRAGMA journal_mode = OFF")
            self._filled.execute("PRAGMA synchronous = OFF")
            self._filled.execute("PRAGMA cache_size = -64000")
            self._filled.execute("BEGIN IMMEDIATE")
        return self._filled
