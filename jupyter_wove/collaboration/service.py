"""The log of every room: what is acknowledged is on disk, and what was typed is there once."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from pycrdt import merge_updates

from jupyter_wove.collaboration.models import History, Kept
from jupyter_wove.collaboration.past import (
    DISK,
    FILE,
    Limits,
    PastStore,
    fold,
    state_of,
    stretches,
)
from jupyter_wove.collaboration.store import RoomStore
from jupyter_wove.collaboration.tables import RoomRow, RoomUpdateRow
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.units import Unit, Units

BESIDE = "wove:"  # begins the name of a room beside a document: its past is in what it holds
UNDO_KEPT = timedelta(days=1)  # in which a restoration can be undone


class Rooms:
    """Keeps what is typed in rooms. Safe to use from many threads and processes."""

    def __init__(self, units: Units, limits: Limits | None = None) -> None:
        self.units = units
        self.limits = limits or Limits()

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
            row, who = store.room(name), sorted(authors)
            if row is None and not epoch:
                row, who = store.begin(name, new_id(), now()), who or [FILE]
            if row is None or (epoch and row.epoch != epoch):
                raise Conflict("This document was replaced meanwhile. Reload it.")
            position = store.add(name, merge_updates(*updates), now(), who)
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
            store.add(name, update, now(), [DISK])
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

        What the file does not hold yet stays a log, of an entry for some minutes each; the rest
        goes to the past of the document.
        """
        with self.units.write() as unit:
            store = RoomStore(unit.session)
            row = store.room(name)
            log = store.log(name)
            if row is None or len(log) < least:
                return 0
            self._fold(unit, row, [entry for entry in log if entry.id <= _saved(row, log)])
            self._join([entry for entry in log if entry.id > _touched(row, log)], store)
            return len(log)

    def tidy(self) -> None:
        """Let go of the past of documents that is older than is kept."""
        with self.units.write() as unit:
            PastStore(unit.session).drop_unnamed(now() - UNDO_KEPT)
        with self.units.read() as unit:
            overdue = PastStore(unit.session).overdue(self.limits, now())
        for name in overdue:  # one at a time: who types waits for the one writer of SQLite
            with self.units.write() as unit:
                PastStore(unit.session).trim(name, self.limits, now())

    def forget(self, name: str) -> None:
        """Forget all that was typed in a room; the next history has another epoch.

        Its past stays readable.
        """
        with self.units.write() as unit:
            store = RoomStore(unit.session)
            if row := store.room(name):
                self._fold(unit, row, store.log(name))
            store.forget(name)

    def _fold(self, unit: Unit, row: RoomRow, entries: Sequence[RoomUpdateRow]) -> None:
        if not entries:
            return
        state, folded = fold(_kind(row.name), row.state, stretches(entries))
        if not row.name.startswith(BESIDE):
            past = PastStore(unit.session)
            if row.state:
                last, at = entries[0].id - 1, row.summed_up or row.created
                past.begin(row.name, row.epoch, last, at, row.state)
            past.add(row.name, row.epoch, folded)
            past.trim(row.name, self.limits, now())
        row.state, row.summed_up = state, now()
        RoomStore(unit.session).drop(entries)

    def _join(self, entries: Sequence[RoomUpdateRow], store: RoomStore) -> None:
        """Make one entry of what was typed within some minutes."""
        by_number = {entry.id: entry for entry in entries}
        for stretch in stretches(entries):
            kept = by_number.pop(stretch.last)
            if len(stretch.updates) > 1:
                kept.content = merge_updates(*stretch.updates)
                kept.authors = sorted(stretch.authors)
        store.drop(list(by_number.values()))

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
        row.writing is not None and row.writing != row.written,
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
    return state_of(_updates(row, [entry for entry in log if entry.id <= position]))


def _kind(name: str) -> str:
    """Tell the Yjs type of a document by the name of its room."""
    return name.partition(":")[0]
