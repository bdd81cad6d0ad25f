"""Rooms, and the log of what was typed in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Instant, JsonList, Moment
from jupyter_wove.kit.database import Table

NUMBER = BigInteger().with_variant(Integer(), "sqlite")  # which numbers rows by itself


class RoomRow(Table):
    """One document that people edit; `state` sums up the log as it was at `summed_up`.

    The file held the content with the digest `written` when it was last saved, which was what the
    log said up to the entry `written_at`; or it has `writing` where the server died while saving.
    Where it holds neither, somebody else changed it; `merged` is such a content that the log took
    in, though the file was not saved since.
    """

    __tablename__ = "room"

    name: Mapped[str] = mapped_column(String(255), primary_key=True)
    epoch: Mapped[UUID]
    created: Mapped[Moment]
    state: Mapped[bytes | None]
    summed_up: Mapped[datetime | None] = mapped_column(Instant)
    writing: Mapped[str | None] = mapped_column(String(64))
    writing_at: Mapped[int | None] = mapped_column(BigInteger)
    written: Mapped[str | None] = mapped_column(String(64))
    written_at: Mapped[int | None] = mapped_column(BigInteger)
    merged: Mapped[str | None] = mapped_column(String(64))


class RoomUpdateRow(Table):
    """Some Yjs updates, merged to one, that were stored together; `authors` are ids of people."""

    __tablename__ = "room_update"
    __table_args__ = ({"sqlite_autoincrement": True},)  # no number is used twice

    id: Mapped[int] = mapped_column(NUMBER, primary_key=True, autoincrement=True)
    room: Mapped[str] = mapped_column(ForeignKey("room.name", ondelete="CASCADE"), index=True)
    content: Mapped[bytes]
    at: Mapped[Moment]
    authors: Mapped[JsonList] = mapped_column(server_default="[]")
