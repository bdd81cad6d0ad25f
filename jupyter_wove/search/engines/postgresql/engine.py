"""An index as a whole: one generation in use, and one more while it is rebuilt."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines import (
    Damaged,
    Successor,
    Ticket,
)
from jupyter_wove.search.engines.generations import Generations
from jupyter_wove.search.engines.postgresql import schema
from jupyter_wove.search.engines.postgresql.connections import (
    Connections,
    Speech,
    plain_errors,
    transaction,
)
from jupyter_wove.search.engines.postgresql.filling import Filling
from jupyter_wove.search.engines.postgresql.generation import Generation, tickets
from jupyter_wove.search.engines.postgresql.schema import Layout

G = TypeVar("G", bound=Generation)


class Postgresql(Generations[G]):
    """An index in schemas of a database that several servers share."""

    def __init__(
        self, database: Database, kind: Callable[[Connections], G], layout: Layout
    ) -> None:
        self.database = database
        self.kind = kind
        self.layout = layout
        self._which = {"kind": layout.kind, "version": layout.version}
        self._opening = threading.Lock()
        self._generation: G | None = None

    def rebuild(self, fill: Callable[[Successor], None]) -> None:
        """Have a fresh index filled beside the one in use, until it takes over."""
        name = self._fresh_name()
        rebuilt = Rebuilt(self, name)
        try:
            with _held(self.database, name):
                with transaction(self.database, name) as speech:
                    self._create(speech)
                fill(rebuilt)
        finally:
            rebuilt.filling.close()
            if self.current() != name:
                self.drop(name)

    def drop_old(self) -> None:
        """Remove what other versions of Wove left long ago, and rebuilds that were killed."""
        if self.is_new():
            return
        which = {**self._which, "prefix": f"wove_search_{self.layout.family or self.layout.kind}_"}
        with transaction(self.database) as speech:
            speech.say(schema.STILL_USED, {"name": self.current()})
            old = [name for (name,) in speech.ask(schema.OLD, which)]
        for name in old:
            with transaction(self.database, name) as speech:
                if speech.ask_one(schema.IS_UNUSED, {"name": name}):
                    _forget(speech)

    def close(self) -> None:
        """Let go of the generation in use; its connections are the database's."""
        self._generation = None

    def outlived(self) -> None:
        """Look at the next question which generation is in use."""
        self._generation = None

    def generation(self) -> G:
        """Name the generation that was last seen in use; whoever asks it hears if it is not."""
        with self._opening:
            if self._generation is None:
                self._generation = self._open(self.current() or self._first())
            return self._generation

    def of(self, ticket: Ticket) -> G:
        """Name the generation that a ticket is of; it says itself where it is gone."""
        generation = self.generation()
        if generation.name != ticket.generation:
            generation = self._open(ticket.generation)
        return generation

    def current(self) -> str:
        """Name the generation in use; empty where there is none."""
        try:
            with transaction(self.database) as speech:
                return speech.ask_one(schema.CURRENT, self._which) or ""
        except Damaged:  # there are no books yet
            return ""

    def switch(self, speech: Speech, name: str) -> None:
        """Use another generation from now on; every process notices at its next question."""
        speech.say(schema.SWITCH, {**self._which, "name": name})

    def drop(self, name: str) -> None:
        """Drop a generation that is not in use, once the last who reads it has read."""
        with transaction(self.database, name) as speech:
            speech.say(schema.EMPTY, {"name": name})
            _forget(speech)

    def _open(self, name: str) -> G:
        return self.kind(Connections(self.database, self.layout, name))

    def _fresh_name(self) -> str:
        return f"wove_search_{self.layout.kind}_{self.layout.version}_{uuid4().hex}"

    def _first(self) -> str:
        """Begin with an empty generation; where another process did so first, take its."""
        name = self._fresh_name()
        with transaction(self.database, name) as speech:
            speech.say(schema.ALONE)
            speech.say_all(schema.KEEP_BOOKS)
            if current := speech.ask_one(schema.CURRENT, self._which):
                return str(current)
            self._create(speech)
            speech.say_all(self.layout.finish)
            self.switch(speech, name)
        return name

    def _create(self, speech: Speech) -> None:
        speech.say_all(schema.CREATE + self.layout.tables)
        speech.say(schema.KEEP, {"name": speech.name})


class Rebuilt(Generic[G]):
    """A fresh generation beside the one in use."""

    def __init__(self, engine: Postgresql[G], name: str) -> None:
        self.engine = engine
        self.old, self._seen = self._known()
        self.filling = Filling(engine.database, engine.layout, name)
        self.fresh = engine.kind(self.filling)
        self.begin, self.parts = self.fresh.begin, self.fresh.parts
        self.add, self.settle = self.fresh.add, self.fresh.settle

    def take_over(self) -> set[UUID]:
        """Become the index, if nothing has changed since; return what has, if anything."""
        self.fresh.succeed(self.old)
        self.filling.finish()
        try:
            with self.old.connections.freeze() as speech:
                now = tickets(speech)
                changed = {id_ for id_ in now if now[id_] != self._seen.get(id_)}
                self._seen = now
                if not changed:
                    self.engine.switch(speech, self.fresh.name)
        except Damaged:
            changed = self._replace_damaged()
        if not changed:
            self.engine.drop(self.old.name)
        return changed

    def _replace_damaged(self) -> set[UUID]:
        with transaction(self.engine.database) as speech:
            self.engine.switch(speech, self.fresh.name)
        return set()

    def _known(self) -> tuple[G, dict[UUID, int]]:
        try:
            return self.engine.ask(lambda generation: (generation, generation.tickets()))
        except Damaged:
            return self.engine.generation(), {}


def _forget(speech: Speech) -> None:
    speech.say(schema.DROP)
    speech.say(schema.FORGET_GENERATION, {"name": speech.name})


@contextmanager
def _held(database: Database, name: str) -> Iterator[None]:
    """Keep others from dropping what is being filled, as long as this process lives."""
    with plain_errors(), database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql(schema.HOLD, {"name": name})
        try:
            yield
        finally:
            connection.exec_driver_sql(schema.LET_GO, {"name": name})
