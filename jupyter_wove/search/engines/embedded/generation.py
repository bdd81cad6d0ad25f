"""One file of the index, and what is asked of it and said to it."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID

import msgspec

from jupyter_wove.search.engines import (
    PUBLIC,
    Document,
    Found,
    Overtaken,
    Part,
    Position,
    State,
    Ticket,
    Wanted,
)
from jupyter_wove.search.engines.embedded import schema
from jupyter_wove.search.engines.embedded.connections import Connections
from jupyter_wove.search.engines.embedded.matching import expression
from jupyter_wove.search.texts import ON, clean, pieces, segmented
from jupyter_wove.search.texts.highlights import fragments, snippet

LONGEST = 50_000  # characters of one column of one document


class Generation:
    """An index from one rebuild to the next."""

    def __init__(self, file: Path, check: Callable[[], None]) -> None:
        self.name = file.name
        self.connections = Connections(file)
        self._check = check

    def begin(self, project: UUID) -> Ticket:
        """Take the right to say what is in a project."""
        with self.connections.write(self._check) as connection:
            (number,) = connection.execute(schema.TAKE_TICKET, (str(project),)).fetchone()
        return Ticket(self.name, project, number)

    def parts(self, ticket: Ticket) -> set[Part]:
        """List the parts of a project that are kept already."""
        with self.connections.read() as connection:
            project = _valid(connection, ticket)
            return {Part(*row) for row in connection.execute(schema.PARTS, (project,))}

    def add(self, ticket: Ticket, part: Part, documents: Iterable[Document]) -> None:
        """Keep a part that is not there yet, unseen for now."""
        rows = [_row(each) for each in islice(documents, schema.MOST_DOCUMENTS)]
        with self.connections.write(self._check) as connection:
            project = _valid(connection, ticket)
            added = connection.execute(schema.ADD_PART, (project, *part)).fetchone()
            if added:
                numbered = zip(_rowids(*added), rows, strict=False)
                statement = schema.ADD_DOCUMENT[_table(part)]
                connection.executemany(statement, ((id_, *row) for id_, row in numbered))

    def settle(self, ticket: Ticket, state: State | None) -> None:
        """Say in one step what is to be found of a project."""
        with self.connections.write(self._check) as connection:
            project = _valid(connection, ticket)
            _show(connection, project, state)
            connection.execute(schema.FORGET_MEMBERS, (project,))
            if state is None:
                connection.execute(schema.FORGET, (project,))
                return
            members = ((principal, project) for principal in state.members)
            connection.executemany(schema.ADD_MEMBER, members)
            row = (state.revision, state.version, state.complete, project)
            connection.execute(schema.SETTLE, row)

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
        return [_found(shown[each.id], each) for each in ranked]

    def revisions(self) -> dict[UUID, int]:
        """Tell which revision of each project is indexed."""
        with self.connections.read() as connection:
            return {UUID(id_): each for id_, each in connection.execute(schema.REVISIONS)}

    def tickets(self) -> dict[UUID, int]:
        """Tell the last ticket of each project."""
        with self.connections.read() as connection:
            return tickets(connection)


def tickets(connection: sqlite3.Connection) -> dict[UUID, int]:
    """Tell the last ticket of each project."""
    return {UUID(id_): number for id_, number in connection.execute(schema.TICKETS)}


def _valid(connection: sqlite3.Connection, ticket: Ticket) -> int:
    project, last = connection.execute(schema.TICKET, (str(ticket.project),)).fetchone()
    if last != ticket.number:
        raise Overtaken
    return int(project)


def _table(part: Part) -> str:
    cells, pages = schema.TABLES
    return cells if part.path else pages


def _rowids(part: int) -> range:
    """Tell which rowids are for the documents of a part."""
    first = part << schema.BITS
    return range(first, first + schema.MOST_DOCUMENTS)


def _row(document: Document) -> tuple[object, ...]:
    texts = {
        name: segmented(clean(getattr(document, name), LONGEST))
        for name in schema.INDEXED
        if name != "pieces"
    }
    names = pieces(" ".join([texts["title"], texts["markdown"], texts["source"]]))
    kept = (document.kind, document.cell, document.cell_id, clean(document.label, LONGEST))
    return (*texts.values(), names, *kept)


def _show(connection: sqlite3.Connection, project: int, state: State | None) -> None:
    """Let exactly the parts of a state be found, and forget those of none."""
    public, work = (state.public, state.work) if state else (frozenset(), frozenset())
    for id_, path, digest, *was in connection.execute(schema.PART_STATES, (project,)).fetchall():
        part = Part(path, digest)
        now = [int(part in public), int(part in work)]
        if not any(now):
            ids = _rowids(id_)
            connection.execute(schema.FORGET_DOCUMENTS[_table(part)], (ids[0], ids[-1]))
            connection.execute(schema.FORGET_PART, (id_,))
        elif now != was:
            connection.execute(schema.SHOW_PART, (*now, id_))


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


def _found(row: tuple[object, ...], position: Position) -> Found:
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
