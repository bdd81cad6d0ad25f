"""What agents remember."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Moment
from jupyter_wove.kit.database import Table


class MemoryRow(Table):
    """One thing that is remembered, of a project or of a person.

    `agent`, `chat` and `notebook` say where it came from; empty where a person wrote it.
    """

    __tablename__ = "ai_memory"
    __table_args__ = (
        CheckConstraint("(project_id IS NULL) <> (person_id IS NULL)", name="of_one"),
    )

    id: Mapped[Id]
    project_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    content: Mapped[str] = mapped_column(String(500))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    agent: Mapped[str] = mapped_column(String(128))
    chat: Mapped[str] = mapped_column(String(1024))
    notebook: Mapped[str] = mapped_column(String(1024))
    created: Mapped[Moment]
    changed: Mapped[Moment]
