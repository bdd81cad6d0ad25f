"""The past of documents, and the moments of it that people named."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, JsonList, Moment
from jupyter_wove.kit.database import Table


class PastRow(Table):
    """What the entries `first` to `last` of the log of a room brought, `size` bytes.

    The oldest row of an epoch may be the state of the document then, `is_start`: what was before
    is not kept.
    """

    __tablename__ = "room_past"
    __table_args__ = (Index("ix_room_past_room_last", "room", "last"),)

    id: Mapped[Id]
    room: Mapped[str] = mapped_column(String(255))
    epoch: Mapped[UUID]
    first: Mapped[int] = mapped_column(BigInteger)
    last: Mapped[int] = mapped_column(BigInteger)
    began: Mapped[Moment]
    ended: Mapped[Moment] = mapped_column(index=True)
    authors: Mapped[JsonList]
    is_start: Mapped[bool]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)


class CheckpointRow(Table):
    """A document as it was when somebody named it, or, without a name, before they restored it.

    `added` is what the restoration brought.
    """

    __tablename__ = "room_checkpoint"

    id: Mapped[Id]
    room: Mapped[str] = mapped_column(String(255), index=True)
    person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    epoch: Mapped[UUID]
    at: Mapped[Moment]
    name: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[bytes] = mapped_column(deferred=True)
    added: Mapped[bytes | None] = mapped_column(deferred=True)
