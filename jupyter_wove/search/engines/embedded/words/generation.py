"""One file of words, and what is said to it."""

import sqlite3
from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from jupyter_wove.search.engines import Document, Part, State
from jupyter_wove.search.engines.embedded.connections import Layout
from jupyter_wove.search.engines.embedded.generation import Generation, numbers, slots
from jupyter_wove.search.engines.embedded.words import schema, spelling
from jupyter_wove.search.engines.embedded.words.facts import Facts
from jupyter_wove.search.facts import Fact
from jupyter_wove.search.texts import clean, pieces, segmented

LONGEST = 50_000  # characters of one column of one document

Row = tuple[object, ...]


class Prepared(NamedTuple):
    """The documents of a part as rows, the slots for them, and their facts."""

    slots: list[int]
    rows: list[Row]
    facts: list[frozenset[Fact]]
    words: str


class Written(Generation):
    """An index of words from one rebuild to the next, for those who write."""

    layout: ClassVar = Layout(
        "words", schema.VERSION, schema.CREATE + schema.CREATE_CROWD, schema.CREATE_SHOWN
    )

    def prepared(self, part: Part, documents: Iterable[Document]) -> Prepared:
        """Write the documents of a part as rows."""
        kept = list(documents)
        words = "" if part.path else spelling.words_of(kept)
        return Prepared(
            list(slots(kept)), [row(each) for each in kept], [each.facts for each in kept], words
        )

    def keep(
        self, connection: sqlite3.Connection, number: int, part: Part, prepared: Prepared
    ) -> None:
        """Keep the rows of a part."""
        facts, held, rows = self._facts(connection), set[int](), list[Row]()
        places = numbers(number)
        for slot, texts, known in zip(*prepared[:3], strict=True):
            words, ids = facts.written(known)
            held |= ids
            if slot < len(places):
                rows.append((places[slot], words, *texts))
        connection.executemany(schema.ADD_DOCUMENT[_table(part)], rows)
        connection.executemany(schema.ADD_PART_FACT, ((number, fact) for fact in held))
        if prepared.words:
            connection.execute(schema.ADD_PAGE_WORDS, (number, prepared.words))

    def forget(self, connection: sqlite3.Connection, number: int, part: Part) -> None:
        """Forget the rows of a part."""
        ids = numbers(number)
        connection.execute(schema.FORGET_DOCUMENTS[_table(part)], (ids[0], ids[-1]))
        connection.execute(schema.FORGET_PART_FACTS, (number,))
        spelling.forget(connection, number)

    def settled(self, connection: sqlite3.Connection, project: int, state: State | None) -> None:
        """Keep what holds of all of a project."""
        self._facts(connection).settle(project, state)
        spelling.count(connection, project)
        if state is None:
            connection.execute(schema.FORGET_ABOUT, (project,))
            return
        family = str(state.family) if state.family else None
        about = (project, state.sort, family, state.stars, state.remixes)
        connection.execute(schema.PUT_ABOUT, about)

    def _facts(self, connection: sqlite3.Connection) -> Facts:
        return Facts(connection, self.connections.numbers())


def row(document: Document) -> Row:
    """Write a document as the columns behind its facts."""
    texts = {
        name: segmented(clean(getattr(document, name), LONGEST))
        for name in schema.INDEXED
        if name != "pieces"
    }
    names = pieces(" ".join([texts["title"], texts["markdown"], texts["source"]]))
    kept = (document.kind, document.cell, document.cell_id, clean(document.label, LONGEST))
    return (*texts.values(), names, *kept)


def _table(part: Part) -> str:
    cells, pages = schema.TABLES
    return cells if part.path else pages
