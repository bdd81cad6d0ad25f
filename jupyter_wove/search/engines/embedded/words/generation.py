"""One file of words, and what is asked of it and said to it."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import ClassVar
from uuid import UUID

import msgspec

from jupyter_wove.search.engines import PUBLIC, Document, Found, Part, Position, Wanted
from jupyter_wove.search.engines.embedded.connections import Layout
from jupyter_wove.search.engines.embedded.generation import Generation, numbers
from jupyter_wove.search.engines.embedded.words import schema
from jupyter_wove.search.engines.embedded.words.matching import expression
from jupyter_wove.search.texts import ON, clean, pieces, segmented
from jupyter_wove.search.texts.highlights import fragments, snippet

LONGEST = 50_000  # characters of one column of one document

Row = tuple[object, ...]


class Words(Generation):
    """An index of words from one rebuild to the next."""

    layout: ClassVar = Layout(
        "words", schema.VERSION, schema.CREATE + schema.CREATE_CROWD, schema.CREATE_SHOWN
    )

    def find(self, wanted: Wanted) -> list[Found]:
        """Find what these principals may see, best first."""
        match = expression(wanted.question, every=wanted.every)
        with self.connections.read() as connection:
            every = connection.execute(schema.FIND, _asked(wanted, match))
            ranked = list(islice(_picked(every, wanted), wanted.limit))
            ids = msgspec.json.encode([each.id for each in ranked]).decode()
            connection.execute(schema.TAKE, {"ids": ids})
            shown = {row[0]: row for row in connection.execute(schema.SHOW, (match,))}
            connection.execute(schema.PUT_BACK)
        return [found(shown[each.id], each) for each in ranked]

    def prepared(self, part: Part, documents: Iterable[Document]) -> list[Row]:
        """Write the documents of a part as rows."""
        return [row(each) for each in documents]

    def keep(
        self, connection: sqlite3.Connection, number: int, part: Part, prepared: list[Row]
    ) -> None:
        """Keep the rows of a part."""
        rows = ((id_, *row) for id_, row in zip(numbers(number), prepared, strict=False))
        connection.executemany(schema.ADD_DOCUMENT[_table(part)], rows)

    def forget(self, connection: sqlite3.Connection, number: int, part: Part) -> None:
        """Forget the rows of a part."""
        ids = numbers(number)
        connection.execute(schema.FORGET_DOCUMENTS[_table(part)], (ids[0], ids[-1]))


def _table(part: Part) -> str:
    cells, pages = schema.TABLES
    return cells if part.path else pages


def row(document: Document) -> Row:
    """Write a document as the values of `COLUMNS`."""
    texts = {
        name: segmented(clean(getattr(document, name), LONGEST))
        for name in schema.INDEXED
        if name != "pieces"
    }
    names = pieces(" ".join([texts["title"], texts["markdown"], texts["source"]]))
    kept = (document.kind, document.cell, document.cell_id, clean(document.label, LONGEST))
    return (*texts.values(), names, *kept)


def _asked(wanted: Wanted, match: str) -> dict[str, object]:
    members = [each for each in wanted.principals if each != PUBLIC]
    return {
        "match": match,
        "principals": msgspec.json.encode(members).decode(),
        "open": PUBLIC in wanted.principals,
        "cells": wanted.where != "projects",
        "pages": wanted.where != "cells",
    }


def _picked(ranked: Iterable[tuple[int, float, int]], wanted: Wanted) -> Iterator[Position]:
    """Go through what is ranked, a few of each project, from where the page before ended.

    SQL could do so with a window, and would take as long again as for all the rest.
    """
    most = schema.MOST_OF_ONE_PROJECT if wanted.where == "all" else schema.MOST_RANKED
    seen: Counter[int] = Counter()
    for id_, score, project in ranked:
        seen[project] += 1
        position = Position(score, id_)
        if seen[project] <= most and (wanted.after is None or position > wanted.after):
            yield position


def found(row: Row, position: Position) -> Found:
    """Read what was found of a document, with marks in its texts."""
    _, project, revision, version, public, path, *rest = row
    kind, cell, cell_id, label, title, *texts = rest
    text = next((each for each in texts if ON in str(each)), next(filter(None, texts), ""))
    return Found(
        position=position,
        project=UUID(str(project)),
        revision=int(str(revision)),
        version=None if version is None else str(version),
        public=bool(public),
        kind=msgspec.convert(kind, Found.__annotations__["kind"]),
        path=str(path),
        cell=None if cell is None else int(str(cell)),
        cell_id=None if cell_id is None else str(cell_id),
        title=fragments(str(title or label)),
        snippet=snippet(str(text)),
    )
