"""Work of agents, and what they asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Instant, JsonDict, Moment
from jupyter_wove.kit.database import Table


class RunRow(Table):
    """What an agent does for one message of a chat; `content` is what it needs to go on.

    `state` is running, waiting, done or ended before that. One that never had to ask is no row.
    """

    __tablename__ = "ai_run"
    __table_args__ = (Index("ix_ai_run_chat", "chat", "state"),)

    id: Mapped[Id]
    chat: Mapped[str] = mapped_column(String(255))
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    path: Mapped[str] = mapped_column(String(1024))  # of the notebook, or of the chat
    about: Mapped[JsonDict]
    state: Mapped[str] = mapped_column(String(16))
    content: Mapped[bytes]
    created: Mapped[Moment]
    changed: Mapped[Moment]


class ApprovalRow(Table):
    """One thing that a run waits for."""

    __tablename__ = "ai_approval"

    id: Mapped[Id]
    run_id: Mapped[UUID] = mapped_column(ForeignKey("ai_run.id", ondelete="CASCADE"), index=True)
    interrupt: Mapped[str] = mapped_column(String(64))
    tool: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(500))
    shown: Mapped[str] = mapped_column(Text)
    arguments: Mapped[JsonDict]
    risk: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), index=True)
    note: Mapped[str] = mapped_column(String(500))
    created: Mapped[Moment]
    decided: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    is_heard: Mapped[bool]  # by the agent
