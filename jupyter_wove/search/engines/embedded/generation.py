"""One file of an index: who sees what, and what is said about projects."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, ClassVar
from uuid import UUID

from jupyter_wove.search.engines import Document, Overtaken, Part, State, Ticket
from jupyter_wove.search.engines.embedded import schema
from jupyter_wove.search.engines.embedded.connections import Connections, Layout


class Generation(ABC):
    """An index from one rebuild to the next."""

    layout: ClassVar[Layout]

    def __init__(self, connections: Connections, check: Callable[[], None]) -> None:
        self.name = connections.file.name
        self.connections = connections
        self.check = check

    @abstractmethod
    def prepared(self, part: Part, documents: Iterable[Document]) -> Any:
        """Make the documents of a part ready to be kept; nobody waits for it."""

    @abstractmethod
    def keep(self, connection: sqlite3.Connection, number: int, part: Part, prepared: Any) -> None:
        """Keep what was made ready; everybody else who writes waits."""

    @abstractmethod
    def forget(self, connection: sqlite3.Connection, number: int, part: Part) -> None:
        """Forget what was kept of a part."""

    def settled(self, connection: sqlite3.Connection, project: int, state: State | None) -> None:  # noqa: B027
        """Take note of what else a state says, which by itself is nothing."""

    def succeed(self, old: "Generation") -> None:  # noqa: B027 — most have nothing to keep
        """Take over from the file in use what need not be made again."""

    def begin(self, project: UUID) -> Ticket:
        """Take the right to say what is in a project."""
        with self.connections.write(self.check) as connection:
            connection.execute(schema.KNOW_PROJECT, (str(project),))
            connection.execute(schema.TAKE_TICKET, (str(project),))
            _, number = connection.execute(schema.TICKET, (str(project),)).fetchone()
        return Ticket(self.name, project, number)

    def parts(self, ticket: Ticket) -> set[Part]:
        """List the parts of a project that are kept already."""
        with self.connections.read() as connection:
            project = _valid(connection, ticket)
            return {Part(*row) for row in connection.execute(schema.PARTS, (project,))}

    def add(self, ticket: Ticket, part: Part, documents: Iterable[Document]) -> None:
        """Keep a part that is not there yet, unseen for now."""
        prepared = self.prepared(part, islice(documents, schema.MOST_DOCUMENTS))
        with self.connections.write(self.check) as connection:
            project = _valid(connection, ticket)
            added = connection.execute(schema.ADD_PART, (project, *part))
            if added.rowcount and added.lastrowid:
                self.keep(connection, added.lastrowid, part, prepared)

    def settle(self, ticket: Ticket, state: State | None) -> None:
        """Say in one step what is to be found of a project."""
        with self.connections.write(self.check) as connection:
            project = _valid(connection, ticket)
            self._show(connection, project, state)
            self.settled(connection, project, state)
            connection.execute(schema.FORGET_MEMBERS, (project,))
            if state is None:
                connection.execute(schema.FORGET, (project,))
                return
            members = ((principal, project) for principal in state.members)
            connection.executemany(schema.ADD_MEMBER, members)
            row = (state.revision, state.version, state.complete, project)
            connection.execute(schema.SETTLE, row)

    def revisions(self) -> dict[UUID, int]:
        """Tell which revision of each project is indexed."""
        with self.connections.read() as connection:
            return {UUID(id_): each for id_, each in connection.execute(schema.REVISIONS)}

    def tickets(self) -> dict[UUID, int]:
        """Tell the last ticket of each project."""
        with self.connections.read() as connection:
            return tickets(connection)

    def _show(self, connection: sqlite3.Connection, project: int, state: State | None) -> None:
        """Let exactly the parts of a state be found, and forget those of none."""
        public, work = (state.public, state.work) if state else (frozenset(), frozenset())
        rows = connection.execute(schema.PART_STATES, (project,)).fetchall()
        for id_, path, digest, *was in rows:
            part = Part(path, digest)
            now = [int(part in public), int(part in work)]
            if not any(now):
                self.forget(connection, id_, part)
                connection.execute(schema.FORGET_PART, (id_,))
            elif now != was:
                connection.execute(schema.SHOW_PART, (*now, id_))


def tickets(connection: sqlite3.Connection) -> dict[UUID, int]:
    """Tell the last ticket of each project."""
    return {UUID(id_): number for id_, number in connection.execute(schema.TICKETS)}


def numbers(part: int) -> range:
    """Tell which numbers are for the documents of a part."""
    first = part << schema.BITS
    return range(first, first + schema.MOST_DOCUMENTS)


def slots(documents: Sequence[Document]) -> Iterator[int]:
    """Number documents so that what is not a cell comes first: by that, files are told apart."""
    following = 1
    for each in documents:
        if each.kind == "cell" or following > 1:
            yield following
            following += 1
        else:
            yield 0


def _valid(connection: sqlite3.Connection, ticket: Ticket) -> int:
    project, last = connection.execute(schema.TICKET, (str(ticket.project),)).fetchone()
    if last != ticket.number:
        raise Overtaken
    return int(project)
