"""What was found, marked in the texts of documents: by FTS5, which found it in other engines."""

import sqlite3
import threading
from collections.abc import Sequence
from typing import Any, cast

from jupyter_wove.search.engines.embedded.words.schema import (
    CREATE_SHOWN,
    INDEXED,
    MARKED,
    SHOWN,
)

_KEEP = f"INSERT INTO shown(rowid, {', '.join(INDEXED)}) VALUES (?{', ?' * len(INDEXED)})"  # noqa: S608
_MARKED = f"SELECT rowid, {MARKED} FROM shown WHERE shown MATCH ?"  # noqa: S608
_PLACES = [list(INDEXED).index(name) for name in ("title", *SHOWN)]

_here = threading.local()


def marked(documents: Sequence[Sequence[str]], expression: str) -> list[list[str]]:
    """Mark what an expression of FTS5 finds in the title and the shown texts of each document."""
    if not expression:
        return [[texts[place] for place in _PLACES] for texts in documents]
    connection = _connection()
    connection.execute("BEGIN")
    try:
        connection.executemany(_KEEP, ((at, *texts) for at, texts in enumerate(documents)))
        found: dict[int, list[Any]] = {
            at: texts for at, *texts in connection.execute(_MARKED, (expression,))
        }
    finally:
        connection.execute("ROLLBACK")
    return [
        found.get(at, [texts[place] for place in _PLACES]) for at, texts in enumerate(documents)
    ]


def _connection() -> sqlite3.Connection:
    """Take the table of this thread."""
    if not hasattr(_here, "connection"):
        _here.connection = sqlite3.connect(":memory:", isolation_level=None)
        _here.connection.execute(CREATE_SHOWN)
    return cast("sqlite3.Connection", _here.connection)
