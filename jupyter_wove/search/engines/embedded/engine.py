"""The index as a whole: a folder with one file in use, and one more while it is rebuilt."""

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

from jupyter_wove.kit.files import durable
from jupyter_wove.search.engines import (
    Damaged,
    Document,
    Found,
    Moved,
    Part,
    State,
    Successor,
    Ticket,
    Wanted,
)
from jupyter_wove.search.engines.embedded.connections import create
from jupyter_wove.search.engines.embedded.generation import Generation, tickets
from jupyter_wove.search.engines.embedded.schema import VERSION

# A file cannot be put in the place of another that is open: SQLite would mix up their journals.
CURRENT = f"current-{VERSION}"
LEFT_ALONE = timedelta(days=7)  # another server may still use it, or be filling it
T = TypeVar("T")


class Embedded:
    """An index in a folder, which may be deleted at any time and filled again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opening = threading.Lock()
        self._generation: Generation | None = None

    def begin(self, project: UUID) -> Ticket:
        """Take the right to say what is in a project."""
        return self._ask(lambda generation: generation.begin(project))

    def parts(self, ticket: Ticket) -> set[Part]:
        """List the parts of a project that are kept already."""
        return self._of(ticket).parts(ticket)

    def add(self, ticket: Ticket, part: Part, documents: Iterable[Document]) -> None:
        """Keep a part; nobody finds it before `settle` says so."""
        self._of(ticket).add(ticket, part, documents)

    def settle(self, ticket: Ticket, state: State | None) -> None:
        """Say in one step what is to be found of a project."""
        self._of(ticket).settle(ticket, state)

    def find(self, wanted: Wanted) -> list[Found]:
        """Find what these principals may see, best first."""
        return self._ask(lambda generation: generation.find(wanted))

    def revisions(self) -> dict[UUID, int]:
        """Tell which revision of each project is indexed; -1 where it is not complete."""
        return self._ask(Generation.revisions)

    def rebuild(self, fill: Callable[[Successor], None]) -> None:
        """Have a fresh index filled beside the one in use, until it takes over."""
        fresh = Rebuilt(self)
        try:
            fill(fresh)
        finally:
            fresh.connections.close()
            if self.current() != fresh.name:
                _remove(self.folder / fresh.name)

    def is_new(self) -> bool:
        """Tell whether nothing was kept yet as it is kept today."""
        return not self.current()

    def drop_old(self) -> None:
        """Remove what other versions of Wove, and rebuilds that were killed, left long ago."""
        used, before = (CURRENT, self.current()), time.time() - LEFT_ALONE.total_seconds()
        for file in self.folder.glob("*"):
            with suppress(FileNotFoundError):  # SQLite removes its own at times
                if not file.name.startswith(used) and file.stat().st_mtime < before:
                    file.unlink()

    def close(self) -> None:
        """Close the file in use."""
        with self._opening:
            if self._generation:
                self._generation.connections.close()
            self._generation = None

    def generation(self) -> Generation:
        """Open the file in use now, which another process may have changed."""
        name = self.current() or self._first()
        with self._opening:
            if self._generation is None or self._generation.name != name:
                if self._generation:
                    self._generation.connections.close()
                self._generation = Generation(self.folder / name, lambda: self.demand(name))
            return self._generation

    def current(self) -> str:
        """Name the file in use; empty where there is none."""
        try:
            return (self.folder / CURRENT).read_text()
        except FileNotFoundError:
            return ""

    def demand(self, name: str) -> None:
        """Raise Moved where this is not the file in use any more."""
        if self.current() != name:
            raise Moved

    def switch(self, name: str) -> None:
        """Use another file from now on; every process notices at its next question."""
        with durable(self.folder / CURRENT) as file:
            file.write(name.encode())

    def fresh_name(self) -> str:
        """Invent a name for a file."""
        return f"words-{VERSION}-{uuid4().hex}.db"

    def _ask(self, question: Callable[[Generation], T]) -> T:
        """Ask the file in use; ask again where it was replaced in the middle of it."""
        while True:
            generation = self.generation()
            try:
                return question(generation)
            except (Moved, Damaged):
                if self.current() == generation.name:
                    raise

    def _of(self, ticket: Ticket) -> Generation:
        generation = self.generation()
        if generation.name != ticket.generation:
            raise Moved
        return generation

    def _first(self) -> str:
        """Begin with an empty file; where another process did so first, take its."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds private work too
        name = self.fresh_name()
        create(self.folder / name)
        handle, pointer = tempfile.mkstemp(dir=self.folder)
        with os.fdopen(handle, "w") as file:
            file.write(name)
        with suppress(FileExistsError):
            os.link(pointer, self.folder / CURRENT)
        Path(pointer).unlink()
        if (current := self.current()) != name:
            _remove(self.folder / name)
        return current


class Rebuilt(Generation):
    """A fresh file beside the one in use."""

    def __init__(self, engine: Embedded) -> None:
        self.engine = engine
        self.old = engine.generation()
        file = engine.folder / engine.fresh_name()
        create(file)
        super().__init__(file, lambda: None)
        self._seen = self._known()

    def take_over(self) -> set[UUID]:
        """Become the index, if nothing has changed since; return what has, if anything."""
        try:
            with self.old.connections.write(lambda: self.engine.demand(self.old.name)) as old:
                now = tickets(old)
                changed = {id_ for id_ in now if now[id_] != self._seen.get(id_)}
                self._seen = now
                if not changed:
                    self.engine.switch(self.name)
        except Damaged:
            self.engine.switch(self.name)
            changed = set()
        if not changed:
            _remove(self.engine.folder / self.old.name)
        return changed

    def _known(self) -> dict[UUID, int]:
        try:
            return self.old.tickets()
        except Damaged:
            return {}


def _remove(file: Path) -> None:
    """Delete a file that is not in use; processes that have it open still read it to the end."""
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
