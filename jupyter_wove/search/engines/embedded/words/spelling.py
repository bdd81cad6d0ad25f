"""Words of public pages, and which of them was meant by one that is nowhere."""

import re
import sqlite3
from collections.abc import Iterable

from jupyter_wove.search.engines import Document
from jupyter_wove.search.engines.embedded.words import schema, statements
from jupyter_wove.search.engines.embedded.words.matching import quoted

MOST_WORDS = 400  # of one page
SHORTEST, LONGEST = 4, 32
TWO_MISTAKES_FROM = 8  # letters

_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},{LONGEST}}}(?!\w)")


def words_of(documents: Iterable[Document]) -> str:
    """List the words of a page, each once."""
    texts = (
        text
        for each in documents
        for text in (each.title, each.tags, each.description, each.markdown)
    )
    words = dict.fromkeys(word for text in texts for word in _WORD.findall(text.casefold()))
    return " ".join(list(words)[:MOST_WORDS])


def count(connection: sqlite3.Connection, project: int) -> None:
    """Count the words of pages that have become public, and not those of others any more."""
    for part, words, public in connection.execute(schema.TO_COUNT, (project,)).fetchall():
        _count(connection, words, 1 if public else -1)
        connection.execute(schema.COUNTED, (public, part))


def forget(connection: sqlite3.Connection, part: int) -> None:
    """Do not count the words of a page any more, if they were."""
    if row := connection.execute(schema.PAGE_WORDS, (part,)).fetchone():
        _count(connection, row[0], -1)
    connection.execute(schema.FORGET_PAGE_WORDS, (part,))


def correction(connection: sqlite3.Connection, asked: dict[str, object], word: str) -> str | None:
    """Guess what was meant by a word, if nothing that is seen has it."""
    plain = word.casefold()
    if not is_word(plain) or connection.execute(statements.KNOWN, (plain,)).fetchone():
        return None
    if connection.execute(statements.HELD, {**asked, "match": quoted(word)}).fetchone():
        return None
    return closest(plain, connection.execute(statements.ALIKE, letters(plain)))


def is_word(plain: str) -> bool:
    """Tell whether a word may be a mistake for another."""
    return _WORD.fullmatch(plain) is not None


def closest(plain: str, others: Iterable[tuple[str, int]]) -> str | None:
    """Choose the word with the fewest mistakes, and of these the most frequent."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 — with the first word that is nowhere

    most = 2 if len(plain) >= TWO_MISTAKES_FROM else 1
    close = (
        (mistakes, -public, other)
        for other, public in others
        if (mistakes := OSA.distance(plain, other, score_cutoff=most)) <= most
    )
    best = min(close, default=None)
    return best[2] if best else None


def _count(connection: sqlite3.Connection, words: str, change: int) -> None:
    connection.executemany(schema.COUNT_WORD, ((word, change) for word in words.split()))
    if change < 0:
        connection.executemany(schema.DROP_WORDS, ((word,) for word in words.split()))


def letters(word: str) -> dict[str, str]:
    """Tell with what a word may begin that this one is a mistake for."""
    first, second = word[0], word[1]
    return {
        "first": first,
        "after_first": after(first),
        "second": second,
        "after_second": after(second),
        "both": word[:2],
    }


def after(beginning: str) -> str:
    """Name the first text that is beyond all that begin so."""
    return beginning + chr(0x10FFFF)
