"""An index as a whole: one file in use, and one more while it is rebuilt."""

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from jupyter_wove.kit.files import durable
from jupyter_wove.search.engines import Damaged, Moved, Successor, Ticket
from jupyter_wove.search.engines.embedded.connections import Connections, create
from jupyter_wove.search.engines.embedded.filling import Filling
from jupyter_wove.search.engines.embedded.generation import Generation, tickets
from jupyter_wove.search.engines.generations import Generations

LEFT_ALONE = timedelta(days=7)  # another server may still use it, or be filling it
G = TypeVar("G", bound=Generation)


class Embedded(Generations[G]):
    """An index in files of a folder, which may be deleted at any time and filled again."""

    def __init__(self, folder: Path, kind: type[G]) -> None:
        self.folder = folder
        self.kind = kind
        # It names the file in use. A file cannot be put in the place of another that is open:
        # SQLite would mix up their journals.
        self.pointer = folder / f"current-{kind.layout.kind}-{kind.layout.version}"
        self._opening = threading.Lock()
        self._generation: G | None = None

    def rebuild(self, fill: Callable[[Successor], None]) -> None:
        """Have a fresh index filled beside the one in use, until it takes over."""
        rebuilt = Rebuilt(self)
        try:
            fill(rebuilt)
        finally:
            rebuilt.filling.close()
            if self.current() != rebuilt.fresh.name:
                _remove(self.folder / rebuilt.fresh.name)

    def drop_old(self) -> None:
        """Remove what other versions of Wove, and rebuilds that were killed, left long ago."""
        used = (self.pointer.name, self.current())
        before = time.time() - LEFT_ALONE.total_seconds()
        for file in self._files():
            with suppress(FileNotFoundError):  # SQLite removes its own at times
                if not file.name.startswith(used) and file.stat().st_mtime < before:
                    file.unlink()

    def close(self) -> None:
        """Close the file in use."""
        with self._opening:
            if self._generation:
                self._generation.connections.close()
            self._generation = None

    def generation(self) -> G:
        """Open the file in use now, which another process may have changed."""
        name = self.current() or self._first()
        with self._opening:
            if self._generation is None or self._generation.name != name:
                if self._generation:
                    self._generation.connections.close()
                connections = Connections(self.folder / name, self.kind.layout)
                self._generation = self.kind(connections, lambda: self.demand(name))
            return self._generation

    def of(self, ticket: Ticket) -> G:
        """Open the file that a ticket is of. Raises Moved where another is in use."""
        generation = self.generation()
        if generation.name != ticket.generation:
            raise Moved
        return generation

    def current(self) -> str:
        """Name the file in use; empty where there is none."""
        try:
            return self.pointer.read_text()
        except FileNotFoundError:
            return ""

    def demand(self, name: str) -> None:
        """Raise Moved where this is not the file in use any more."""
        if self.current() != name:
            raise Moved

    def switch(self, name: str) -> None:
        """Use another file from now on; every process notices at its next question."""
        with durable(self.pointer) as file:
            file.write(name.encode())

    def fresh_name(self) -> str:
        """Invent a name for a file."""
        layout = self.kind.layout
        return f"{layout.kind}-{layout.version}-{uuid4().hex}.db"

    def _files(self) -> Iterator[Path]:
        kind = self.kind.layout.kind
        return chain(self.folder.glob(f"{kind}-*"), self.folder.glob(f"current-{kind}-*"))

    def _first(self) -> str:
        """Begin with an empty file; where another process did so first, take its."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds private work too
        name = self.fresh_name()
        create(self.folder / name, self.kind.layout)
        handle, pointer = tempfile.mkstemp(dir=self.folder, prefix=f"{self.kind.layout.kind}-")
        with os.fdopen(handle, "w") as file:
            file.write(name)
        with suppress(FileExistsError):
            os.link(pointer, self.pointer)
        Path(pointer).unlink()
        if (current := self.current()) != name:
            _remove(self.folder / name)
        return current


class Rebuilt(Generic[G]):
    """A fresh file beside the one in use."""

    def __init__(self, engine: Embedded[G]) -> None:
        self.engine = engine
        self.old = engine.generation()
        file = engine.folder / engine.fresh_name()
        create(file, engine.kind.layout)
        self.filling = Filling(file, engine.kind.layout)
        self.fresh = engine.kind(self.filling, lambda: None)
        self.begin, self.parts = self.fresh.begin, self.fresh.parts
        self.add, self.settle = self.fresh.add, self.fresh.settle
        self._seen = self._known()

    def take_over(self) -> set[UUID]:
        """Become the index, if nothing has changed since; return what has, if anything."""
        self.fresh.succeed(self.old)
        self.filling.finish()
        try:
            with self.old.connections.write(lambda: self.engine.demand(self.old.name)) as old:
                now = tickets(old)
                changed = {id_ for id_ in now if now[id_] != self._seen.get(id_)}
                self._seen = now
                if not changed:
                    self.engine.switch(self.fresh.name)
        except Damaged:
            self.engine.switch(self.fresh.name)
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
