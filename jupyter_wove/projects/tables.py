"""Projects, who works on them, and what they were remixed from."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Instant, JsonList, Moment
from jupyter_wove.kit.database import Table

BINNED = text("deleted IS NOT NULL")
LISTED = text("visibility = 'public' AND deleted IS NULL")


class ProjectRow(Table):
    """A project. Its files and versions are in the git repository at `folder`.

    `folder` is an absolute path; where it is `adopted`, it was there before Wove, and is left
    where it is when the project is deleted.
    """

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("visibility IN ('private', 'unlisted', 'public')", "visibility"),
        Index("ix_project_slug", "owner_id", "slug", unique=True),
        Index("ix_project_folder", "folder", unique=True),
        # Partial: nearly all rows are NULL, and SQLite would rather walk those than use the key.
        # On PostgreSQL too: its half is in the migration, for `postgresql_where` would load its
        # dialect into every server.
        Index("ix_project_deleted", "deleted", sqlite_where=BINNED),
        Index("ix_project_newest", "published", "id", sqlite_where=LISTED),
    )

    id: Mapped[Id]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    slug: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(2000), default="")
    stack: Mapped[JsonList] = mapped_column(default=list)
    licence: Mapped[str] = mapped_column(String(60), default="")
    level: Mapped[str | None] = mapped_column(String(16))
    visibility: Mapped[str] = mapped_column(String(16), default="private")
    folder: Mapped[str] = mapped_column(String(1024))
    adopted: Mapped[bool] = mapped_column(default=False)
    published_version: Mapped[str | None] = mapped_column(String(64))
    published: Mapped[datetime | None] = mapped_column(Instant)
    created: Mapped[Moment]
    updated: Mapped[Moment]
    deleted: Mapped[datetime | None] = mapped_column(Instant)
    revision: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  SQLAlchemy reads it so


class TagRow(Table):
    """A tag of a project, in the order its owner gave them."""

    __tablename__ = "project_tag"

    project_id: Mapped[UUID] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    tag: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)
    position: Mapped[int]


class MemberRow(Table):
    """Somebody who works on a project."""

    __tablename__ = "project_member"

    project_id: Mapped[UUID] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(16))
    since: Mapped[Moment]


class OriginRow(Table):
    """What a project was remixed from; it outlives both, so that lineages keep their shape."""

    __tablename__ = "project_origin"

    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    origin_id: Mapped[UUID] = mapped_column(index=True)
    version: Mapped[str] = mapped_column(String(64))
    at: Mapped[Moment]
