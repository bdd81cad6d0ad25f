"""Every query on rooms and their logs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from jupyter_wove.collaboration.tables import RoomRow, RoomUpdateRow


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

    def add(self, name: str, content: bytes, at: datetime) -> None:
        """Add to the log of a room."""
        self.session.add(RoomUpdateRow(room=name, content=content, at=at))

    def log(self, name: str) -> list[bytes]:
        """Read the log of a room, oldest first."""
        query = select(RoomUpdateRow.content).where(RoomUpdateRow.room == name)
        return list(self.session.scalars(query.order_by(RoomUpdateRow.id)))

    def length(self, name: str) -> int:
        """Count what is in the log of a room."""
        query = select(func.count()).where(RoomUpdateRow.room == name)
        return self.session.scalar(query) or 0

    def clear_log(self, name: str) -> None:
        """Empty the log of a room."""
        self.session.execute(delete(RoomUpdateRow).where(RoomUpdateRow.room == name))

    def forget(self, name: str) -> None:
        """Forget a room with all that was typed in it."""
        self.clear_log(name)
        self.session.execute(delete(RoomRow).where(RoomRow.name == name))
