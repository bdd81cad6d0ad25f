"""Answers that prompts gave, and what became of the changes in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Instant, JsonList, Moment
from jupyter_wove.kit.database import Table


class UseRow(Table):
    """One answer that somebody got with a version of a prompt, or by a button at a cell.

    `number` is that of the version; for a `task` of a button, it stands for its words. What the
    answer took is in the attempts of the ledger that name it.
    """

    __tablename__ = "prompt_use"
    __table_args__ = (
        Index("ix_prompt_use_prompt_id_at", "prompt_id", "at"),
        Index("ix_prompt_use_task_at", "task", "at"),
    )

    id: Mapped[Id]
    at: Mapped[Moment]
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    prompt_id: Mapped[UUID | None] = mapped_column(ForeignKey("prompt.id", ondelete="CASCADE"))
    task: Mapped[str] = mapped_column(String(32))
    number: Mapped[str] = mapped_column(String(24))
    experiment_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("prompt_experiment.id", ondelete="SET NULL"), index=True
    )


class EditRow(Table):
    """A change of a cell that was suggested with an answer, and what became of it.

    `wanted` and `landed` are digests of what the cell was to say, and what it said once it was
    accepted; `lines` those of the lines that came new. `decision_id` is what decided on it.
    """

    __tablename__ = "prompt_edit"
    __table_args__ = (Index("ix_prompt_edit_room", "room", "state"),)

    id: Mapped[Id]
    use_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt_use.id", ondelete="CASCADE"), index=True
    )
    suggestion_id: Mapped[UUID] = mapped_column(index=True)
    room: Mapped[str] = mapped_column(String(255))
    cell: Mapped[str] = mapped_column(String(64))
    wanted: Mapped[str] = mapped_column(String(64))  # empty where it was to be removed
    lines: Mapped[JsonList]
    proposed: Mapped[Moment]
    state: Mapped[str] = mapped_column(String(16))
    is_automatic: Mapped[bool]
    decision_id: Mapped[UUID | None]
    decided: Mapped[datetime | None] = mapped_column(Instant)
    landed: Mapped[str | None] = mapped_column(String(64))
    ran: Mapped[datetime | None] = mapped_column(Instant)
    ran_well: Mapped[bool | None]
    lasted: Mapped[bool | None]


class RefusalRow(Table):
    """That somebody wants nothing of theirs recorded."""

    __tablename__ = "outcome_refusal"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[Moment]
