"""The log of every room: what is acknowledged is on disk, and what was typed is there once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from pycrdt import Doc, merge_updates

from jupyter_wove.collaboration.models import History
from jupyter_wove.collaboration.store import RoomStore
from jupyter_wove.collaboration.tables import RoomRow
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.units import Units


class Rooms:
    """Keeps what is typed in rooms. Safe to use from many threads and processes."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def history(self, name: str) -> History | None:
        """Read what was typed in a room; None where nothing was yet."""
        with self.units.read() as unit:
            store = RoomStore(unit.session)
            row = store.look(name)
            if row is None:
                return None
            updates = [*([row.state] if row.state else []), *store.log(name)]
            return History(
                row.epoch, updates, frozenset(each for each in (row.writing, row.written) if each)
            )

    def keep(self, name: str, epoch: UUID | None, updates: list[bytes]) -> UUID:
        """Store updates of a history, in one transaction; return its epoch once they are on disk.

        No epoch begins a history. Raises Conflict where there is another one.
        """
        with self.units.write() as unit:
            store = RoomStore(unit.session)
            row = store.room(name) or (store.begin(name, new_id(), now()) if not epoch else None)
            if row is None or (epoch and row.epoch != epoch):
                raise Conflict("This document was replaced meanwhile. Reload it.")
            store.add(name, merge_updates(*updates), now())
            return row.epoch

    def writing(self, name: str, digest: str) -> None:
        """Note what a file is going to hold, before it is written."""
        self._note(name, lambda row: setattr(row, "writing", digest))

    def written(self, name: str, digest: str) -> None:
        """Note what a file holds now."""
        self._note(name, lambda row: setattr(row, "written", digest))

    def sum_up(self, name: str, least: int = 2) -> int:
        """Put one state in the place of a log of at least so many entries; return how many."""
        with self.units.write() as unit:
            store = RoomStore(unit.session)
            row = store.room(name)
            if row is None or (length := store.length(name)) < least:
                return 0
            row.state = _summed_up([*([row.state] if row.state else []), *store.log(name)])
            row.summed_up = now()
            store.clear_log(name)
            return length

    def _note(self, name: str, change: Callable[[RoomRow], None]) -> None:
        with self.units.write() as unit:
            if row := RoomStore(unit.session).room(name):
                change(row)

    def forget(self, name: str) -> None:
        """Forget all that was typed in a room; the next history has another epoch."""
        with self.units.write() as unit:
            RoomStore(unit.session).forget(name)


def _summed_up(updates: list[bytes]) -> bytes:
    """Merge updates as a document does, which keeps nothing of what was deleted but its place."""
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(update)
    return doc.get_update()
