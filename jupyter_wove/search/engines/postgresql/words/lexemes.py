"""The words of documents and questions, found by FTS5 and written down for PostgreSQL.

FTS5 cuts texts and takes endings off in a table that is in memory and always empty. So every
engine has the same words, whatever language and locale the database was made with.
"""

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, cast

from jupyter_wove.search.engines.embedded.words.schema import TOKENS

# The letters are all that PostgreSQL tells apart. What stands in the front of a document is
# numbered first: it keeps the places of so many words only.
LETTERS = {
    "title": "A",
    "tags": "B",
    "owner": "B",
    "description": "B",
    "folder": "D",
    "pieces": "D",
    "markdown": "C",
    "source": "C",
    "output": "C",
}
LONGEST_LEXEME = 250  # characters; PostgreSQL takes 2046 bytes
MOST_BYTES = 900_000  # of all words of a document; PostgreSQL takes a mebibyte
MOST_PLACES = 255  # of one word in one document
LAST_PLACE = 16_383

_CREATE = f"""
CREATE VIRTUAL TABLE document USING fts5({", ".join(LETTERS)}, {TOKENS}, content = '');
CREATE VIRTUAL TABLE word USING fts5vocab(document, instance);
"""
_KEEP = f"INSERT INTO document(rowid, {', '.join(LETTERS)}) VALUES (1{', ?' * len(LETTERS)})"  # noqa: S608
_WORDS = "SELECT term, col, offset FROM word"

_here = threading.local()


class Word(NamedTuple):
    """A word without its ending, in which text it stands, and as which one there."""

    lexeme: str
    text: str
    place: int


def vector(texts: Mapping[str, str], others: Iterable[str] = ()) -> str:
    """Write all words of a document as PostgreSQL reads a tsvector; `others` stand nowhere."""
    words, bare = _words(texts), sorted(map(quoted, others))
    size = sum(8 + len(each.encode()) for each in bare)
    shifts, places = _shifts(words), defaultdict[str, list[str]](list)
    for lexeme, text, place in sorted(words, key=lambda word: shifts[word.text] + word.place):
        known = places[lexeme[:LONGEST_LEXEME]]
        size += 4 if known else 8 + len(lexeme.encode())
        if size < MOST_BYTES and len(known) < MOST_PLACES:
            known.append(f"{min(shifts[text] + place, LAST_PLACE)}{LETTERS[text]}")
    standing = [f"{quoted(lexeme)}:{','.join(at)}" for lexeme, at in places.items() if at]
    return " ".join([*standing, *bare])


def lexemes(text: str) -> list[str]:
    """List the words of a text in their order."""
    words = sorted(_words({"title": text}), key=lambda word: word.place)
    return [word.lexeme[:LONGEST_LEXEME] for word in words]


def quoted(lexeme: str) -> str:
    """Write a word so that nothing in it is syntax."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _shifts(words: Sequence[Word]) -> dict[str, int]:
    """Tell at which place each text begins, one behind another and none next to another."""
    last = dict.fromkeys(LETTERS, 0)
    for word in words:
        last[word.text] = max(last[word.text], word.place + 2)
    return dict(zip(last, accumulate(last.values(), initial=1), strict=False))


def _words(texts: Mapping[str, str]) -> list[Word]:
    connection = _connection()
    connection.execute("BEGIN")
    try:
        connection.execute(_KEEP, [texts.get(name, "") for name in LETTERS])
        return [Word(*row) for row in connection.execute(_WORDS)]
    finally:
        connection.execute("ROLLBACK")


def _connection() -> sqlite3.Connection:
    """Take the table of this thread."""
    if not hasattr(_here, "connection"):
        _here.connection = sqlite3.connect(":memory:", isolation_level=None)
        _here.connection.executescript(_CREATE)
    return cast("sqlite3.Connection", _here.connection)
