"""Checks that a version of a project runs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Instant, JsonList, Moment
from jupyter_wove.kit.database import Table


class CheckRow(Table):
    """One check; `books` is what was found of each notebook."""

    __tablename__ = "project_check"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'clean', 'failed', 'stopped')", "state"),
        Index("ix_project_check_newest", "project_id", "created"),
    )

    id: Mapped[Id]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    job_id: Mapped[UUID]
    books: Mapped[JsonList] = mapped_column(default=list)
    reason: Mapped[str] = mapped_column(String(2000), default="")
    created: Mapped[Moment]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    ended: Mapped[datetime | None] = mapped_column(Instant)
