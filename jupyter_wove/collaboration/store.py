"""Every query on rooms and their logs."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from jupyter_wove.collaboration.tables import RoomRow, RoomUpdateRow

LOG = cast(Table, RoomUpdateRow.__table__)


class RoomStore:
    """What is kept of rooms, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def room(self, name: str) -> RoomRow | None:
        """Find a room; others who write to it wait."""
        return self.session.get(RoomRow, name, with_for_update=True)

    def look(self, name: str) -> RoomRow | None:
        """Find a room, to read."""
        return self.session.get(RoomRow, name)

    def begin(self, name: str, epoch: UUID, at: datetime) -> RoomRow:
        """Begin the history of a room."""
        row = RoomRow(name=name, epoch=epoch, created=at)
        self.session.add(row)
        self.session.flush()
        return row

    def add(self, name: str, content: bytes, at: datetime, authors: Sequence[str] = ()) -> int:
        """Add to the log of a room; return the number of the entry, higher than any before."""
        # Not an object of the session: rooms do this many times a second, and never change it.
        entry = insert(LOG).values(room=name, content=content, at=at, authors=list(authors))
        number: int = self.session.execute(entry.returning(LOG.c.id)).scalar_one()
        return number

    def log(self, name: str) -> Sequence[RoomUpdateRow]:
        """Read the log of a room, oldest first."""
        query = select(RoomUpdateRow).where(RoomUpdateRow.room == name)
        return self.session.scalars(query.order_by(RoomUpdateRow.id)).all()

    def drop(self, entries: Sequence[RoomUpdateRow]) -> None:
        """Take entries out of the log."""
        numbers = [entry.id for entry in entries]
        self.session.execute(delete(RoomUpdateRow).where(RoomUpdateRow.id.in_(numbers)))

    def forget(self, name: str) -> None:
        """Forget a room with all that was typed in it."""
        self.session.execute(delete(RoomUpdateRow).where(RoomUpdateRow.room == name))
        self.session.execute(delete(RoomRow).where(RoomRow.name == name))
