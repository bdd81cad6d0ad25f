"""Messages that were answered, or are being answered."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Moment
from jupyter_wove.kit.database import Table


class TurnRow(Table):
    """One message of a chat that somebody has begun to answer."""

    __tablename__ = "ai_turn"
    __table_args__ = (Index("ix_ai_turn_at", "at"),)

    chat: Mapped[str] = mapped_column(String(64), primary_key=True)
    message: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[Moment]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
