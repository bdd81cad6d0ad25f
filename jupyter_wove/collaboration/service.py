"""The log of every room: what is acknowledged is on disk, and what was typed is there once."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from pycrdt import Doc, merge_updates

from jupyter_wove.collaboration.models import History, Kept
from jupyter_wove.collaboration.store import RoomStore
from jupyter_wove.collaboration.tables import RoomRow, RoomUpdateRow
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
            return _history(row, store.log(name)) if row else None

    def keep(
        self, name: str, epoch: UUID | None, updates: list[bytes], authors: Iterable[str] = ()
    ) -> Kept:
        """Store updates of a history, in one transaction; return once they are on disk.

        `authors` are the ids of the people who made them.

        No epoch begins a history. Raises Conflict where there is another one.
        """
        with self.units.write() as unit:
            store = RoomStore(unit.session)
            row = store.room(name) or (store.begin(name, new_id(), now()) if not epoch else None)
            if row is None or (epoch and row.epoch != epoch):
                raise Conflict("This document was replaced meanwhile. Reload it.")
            position = store.add(name, merge_updates(*updates), now(), sorted(authors))
            return Kept(row.epoch, position)

    def writing(self, name: str, digest: str, position: int) -> None:
        """Note what a file is going to hold, before it is written."""
        self._note(name, writing=digest, writing_at=position)

    def written(self, name: str, digest: str, position: int) -> None:
        """Note what a file holds now, and how far the log went then."""
        self._note(name, written=digest, written_at=position, merged=None)

    def merge(self, name: str, epoch: UUID, update: bytes, digest: str) -> None:
        """Store what somebody changed in the file, and note that the log has taken it in.

        Raises Conflict where there is another history.
        """
        with self.units.write() as unit:
            store = RoomStore(unit.session)
            row = store.room(name)
            if row is None or row.epoch != epoch:
                raise Conflict("This document was replaced meanwhile. Reload it.")
            store.add(name, update, now())
            row.merged = digest

    def bases(self, name: str) -> list[bytes]:
        """Read the states from which a file may have been changed, the likelier first.

        None where it is not known: a change was taken in, and the file was never saved after it.
        """
        with self.units.read() as unit:
            store = RoomStore(unit.session)
            row = store.look(name)
            if row is None or row.merged:
                return []
            positions = dict.fromkeys((row.written_at, row.writing_at))
            log = store.log(name)
            return [_upto(row, log, position) for position in positions if position is not None]

    def sum_up(self, name: str, least: int = 2) -> int:
        """Put one state in the place of a log of at least so many entries; return how many.

        What the file does not hold yet stays a log, of one entry.
        """
        with self.units.write() as unit:
            store = RoomStore(unit.session)
            row = store.room(name)
            log = store.log(name)
            if row is None or len(log) < least:
                return 0
            self._fold(store, row, [entry for entry in log if entry.id <= _saved(row, log)])
            self._join([entry for entry in log if entry.id > _touched(row, log)], store)
            return len(log)

    def forget(self, name: str) -> None:
        """Forget all that was typed in a room; the next history has another epoch."""
        with self.units.write() as unit:
            RoomStore(unit.session).forget(name)

    def _fold(self, store: RoomStore, row: RoomRow, entries: Sequence[RoomUpdateRow]) -> None:
        if entries:
            row.state = _state(_updates(row, entries))
            row.summed_up = now()
            store.drop(entries)

    def _join(self, entries: Sequence[RoomUpdateRow], store: RoomStore) -> None:
        if len(entries) > 1:
            entries[-1].content = merge_updates(*(entry.content for entry in entries))
            entries[-1].authors = sorted({each for entry in entries for each in entry.authors})
            store.drop(entries[:-1])

    def _note(self, name: str, **values: Any) -> None:
        with self.units.write() as unit:
            if row := RoomStore(unit.session).room(name):
                for column, value in values.items():
                    setattr(row, column, value)


def _history(row: RoomRow, log: Sequence[RoomUpdateRow]) -> History:
    end = log[-1].id if log else _saved(row, log)
    files = ((row.writing, row.writing_at), (row.written, row.written_at))
    known = {digest: (at or 0) >= end for digest, at in files if digest}
    if row.merged:
        known.setdefault(row.merged, False)
    return History(
        row.epoch,
        end,
        _updates(row, log),
        frozenset(digest for digest, is_current in known.items() if is_current),
        frozenset(digest for digest, is_current in known.items() if not is_current),
    )


def _updates(row: RoomRow, log: Sequence[RoomUpdateRow]) -> list[bytes]:
    return [*([row.state] if row.state else []), *(entry.content for entry in log)]


def _saved(row: RoomRow, log: Sequence[RoomUpdateRow]) -> int:
    """Find how far the file goes; to the end where there was none ever."""
    return row.written_at if row.written_at is not None else _end(log)


def _touched(row: RoomRow, log: Sequence[RoomUpdateRow]) -> int:
    return max(_saved(row, log), row.writing_at or 0)


def _end(log: Sequence[RoomUpdateRow]) -> int:
    return log[-1].id if log else 0


def _upto(row: RoomRow, log: Sequence[RoomUpdateRow], position: int) -> bytes:
    return _state(_updates(row, [entry for entry in log if entry.id <= position]))


def _state(updates: list[bytes]) -> bytes:
    """Merge updates as a document does, which keeps nothing of what was deleted but its place."""
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(update)
    return doc.get_update()
