"""The rows of jobs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Instant, JsonDict, JsonDictOrNull, Moment
from jupyter_wove.kit.database import Table

_UNFINISHED = text("state IN ('queued', 'running')")


class JobRow(Table):
    """Long work; `epoch` counts the workers that took it, and only the last one may write.

    `held_by` names the process that took it last, by its lifeline.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')", "state"
        ),
        # On PostgreSQL too: its half is in the migration, for `postgresql_where` would load its
        # dialect into every server.
        Index("ix_job_unfinished", "id", sqlite_where=_UNFINISHED),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(100))
    owner_id: Mapped[UUID | None] = mapped_column(index=True)
    arguments: Mapped[JsonDict]
    state: Mapped[str] = mapped_column(String(16), default="queued")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(200), default="")
    result: Mapped[JsonDictOrNull]
    problem: Mapped[JsonDictOrNull]
    attempt: Mapped[int] = mapped_column(default=0)
    epoch: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    held_by: Mapped[str | None] = mapped_column(String(100))
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    request_id: Mapped[str] = mapped_column(String(64))
    created: Mapped[Moment]
    started: Mapped[datetime | None] = mapped_column(Instant)
    finished: Mapped[datetime | None] = mapped_column(Instant, index=True)
