"""One generation of an index: who sees what, and what is said about projects."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from itertools import islice
from typing import Any
from uuid import UUID

from jupyter_wove.search.engines import Document, Overtaken, Part, State, Ticket
from jupyter_wove.search.engines.postgresql import schema
from jupyter_wove.search.engines.postgresql.connections import Connections, Speech

# A document's number tells its part, and which of two is the newer.
BITS = 12
MOST_DOCUMENTS = 2**BITS  # of one part


class Generation(ABC):
    """An index from one rebuild to the next."""

    def __init__(self, connections: Connections) -> None:
        self.name = connections.name
        self.connections = connections

    @abstractmethod
    def prepared(self, part: Part, documents: Iterable[Document]) -> Any:
        """Make the documents of a part ready to be kept; nobody waits for it."""

    @abstractmethod
    def keep(self, speech: Speech, number: int, part: Part, prepared: Any) -> None:
        """Keep what was made ready."""

    @abstractmethod
    def forget(self, speech: Speech, number: int, part: Part) -> None:
        """Forget what was kept of a part."""

    def settled(self, speech: Speech, project: int, state: State | None) -> None:  # noqa: B027
        """Take note of what else a state says, which by itself is nothing."""

    def succeed(self, old: "Generation") -> None:  # noqa: B027 — most have nothing to keep
        """Take over from the generation in use what need not be made again."""

    def begin(self, project: UUID) -> Ticket:
        """Take the right to say what is in a project."""
        with self.connections.write() as speech:
            number = speech.ask_one(schema.TAKE_TICKET, {"project": project})
        return Ticket(self.name, project, number)

    def parts(self, ticket: Ticket) -> set[Part]:
        """List the parts of a project that are kept already."""
        with self.connections.read() as speech:
            project = _valid(speech, ticket, schema.TICKET)
            return {Part(*row) for row in speech.ask(schema.PARTS, {"project": project})}

    def add(self, ticket: Ticket, part: Part, documents: Iterable[Document]) -> None:
        """Keep a part that is not there yet, unseen for now."""
        prepared = self.prepared(part, islice(documents, MOST_DOCUMENTS))
        with self.connections.write() as speech:
            project = _valid(speech, ticket, schema.TICKET_IN_TURN)
            row = {"project": project, **part._asdict()}
            if added := speech.ask_one(schema.ADD_PART, row):
                self.keep(speech, added, part, prepared)

    def settle(self, ticket: Ticket, state: State | None) -> None:
        """Say in one step what is to be found of a project."""
        with self.connections.write() as speech:
            project = _valid(speech, ticket, schema.TICKET_IN_TURN)
            self._show(speech, project, state)
            self.settled(speech, project, state)
            speech.say(schema.FORGET_MEMBERS, {"project": project})
            if state is None:
                speech.say(schema.FORGET, {"project": project})
                return
            members = [{"principal": each, "project": project} for each in state.members]
            speech.say_each(schema.ADD_MEMBER, members)
            row = {"revision": state.revision, "version": state.version}
            speech.say(schema.SETTLE, {"complete": state.complete, "project": project, **row})

    def revisions(self) -> dict[UUID, int]:
        """Tell which revision of each project is indexed."""
        with self.connections.read() as speech:
            return _by_project(speech.ask(schema.REVISIONS))

    def tickets(self) -> dict[UUID, int]:
        """Tell the last ticket of each project."""
        with self.connections.read() as speech:
            return tickets(speech)

    def _show(self, speech: Speech, project: int, state: State | None) -> None:
        """Let exactly the parts of a state be found, and forget those of none."""
        public, work = (state.public, state.work) if state else (frozenset(), frozenset())
        shown = []
        for id_, path, digest, *was in speech.ask(schema.PART_STATES, {"project": project}):
            part = Part(path, digest)
            now = [part in public, part in work]
            if not any(now):
                self.forget(speech, id_, part)
                speech.say(schema.FORGET_PART, {"id": id_})
            elif now != was:
                shown.append({"id": id_, "public": now[0], "work": now[1]})
        speech.say_each(schema.SHOW_PART, shown)


def tickets(speech: Speech) -> dict[UUID, int]:
    """Tell the last ticket of each project."""
    return _by_project(speech.ask(schema.TICKETS))


def numbers(part: int) -> range:
    """Tell which numbers are for the documents of a part."""
    first = part << BITS
    return range(first, first + MOST_DOCUMENTS)


def _valid(speech: Speech, ticket: Ticket, statement: str) -> int:
    ((project, last),) = speech.ask(statement, {"project": ticket.project})
    if last != ticket.number:
        raise Overtaken
    return int(project)


def _by_project(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, int]:
    return {id_: number for id_, number in rows}  # noqa: C416 — `dict` does not see the types
