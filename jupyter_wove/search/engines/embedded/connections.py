"""One file of the index: its connections, and what its errors mean to people."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from jupyter_wove.kit.errors import StorageFull, Unavailable
from jupyter_wove.search.engines import Damaged
from jupyter_wove.search.engines.embedded.schema import CREATE

MOST_IDLE = 4
PATIENCE = 20.0  # seconds to wait for another process that writes
# Words in SQLite's messages that tell what is wrong.
_BUSY = ("locked", "busy")
_DAMAGED = ("malformed", "not a database", "disk I/O", "unable to open", "no such table")


class Layout(NamedTuple):
    """What the files of one kind of index are called, and what is in them.

    `opening` is what each connection needs for itself. Another version begins a new file.
    """

    kind: str
    version: int
    tables: str
    opening: str = ""


class Connections:
    """The connections to one file; made when needed, used by one thread at a time."""

    def __init__(self, file: Path, layout: Layout) -> None:
        self.file = file
        self._opening = layout.opening
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._turn = threading.Lock()  # fair among threads; SQLite itself would poll
        self._closed = False

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """See one state of the index."""
        with plain_errors(), self._connection() as connection, _transaction(connection, "BEGIN"):
            yield connection

    @contextmanager
    def write(self, check: Callable[[], None]) -> Iterator[sqlite3.Connection]:
        """Change the index, all or nothing, if `check` raises nothing once others must wait."""
        with (
            plain_errors(),
            self._turn,
            self._connection() as connection,
            _transaction(connection, "BEGIN IMMEDIATE"),
        ):
            check()
            yield connection

    def close(self) -> None:
        """Close what is idle now, and the rest as it comes back."""
        with self._lock:
            self._closed, idle, self._idle = True, self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._open()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        with self._lock:
            kept = not self._closed and len(self._idle) < MOST_IDLE
            if kept:
                self._idle.append(connection)
        if not kept:
            connection.close()

    def numbers(self) -> dict[tuple[str, str], int]:
        """Give room for what one transaction knows: nobody else writes meanwhile."""
        return {}

    def _open(self) -> sqlite3.Connection:
        # Only what is there: opening must not bring back a file that a rebuild replaced.
        connection = sqlite3.connect(
            f"{self.file.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA synchronous = NORMAL")  # the index can be made again
        connection.execute("PRAGMA cache_size = -8000")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.executescript(self._opening)
        return connection


def create(file: Path, layout: Layout) -> None:
    """Make an empty file."""
    with plain_errors(), closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(CREATE + layout.tables)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say what SQLite cannot do in a sentence."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        reason = str(error)
        if any(words in reason for words in _BUSY):
            raise Unavailable("The search index is busy. Try again in a moment.") from error
        if "full" in reason:
            raise StorageFull("The disk is full. Free some space and try again.") from error
        if any(words in reason for words in _DAMAGED):
            raise Damaged("The search index is damaged. It must be rebuilt.") from error
        raise


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
