"""Apps, their releases, and how each came about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Instant, JsonDict, JsonDictOrNull, JsonList, Moment
from jupyter_wove.kit.database import Table

_UNFINISHED = text("ended IS NULL")
_ALIVE = text("deleted IS NULL")


class AppRow(Table):
    """What is made of a project for visitors; `release_id` is what is served, or was at last.

    A preview has a `parent_id`, and goes with it.
    """

    __tablename__ = "app"
    __table_args__ = (
        CheckConstraint("access IN ('private', 'project', 'hub', 'unlisted', 'public')", "access"),
        # Of those that lie in no bin; on PostgreSQL too, by the migration: see the jobs.
        Index("ix_app_slug", "slug", unique=True, sqlite_where=_ALIVE),
    )

    id: Mapped[Id]
    project_id: Mapped[UUID] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("app.id", ondelete="CASCADE"), index=True
    )
    branch: Mapped[str] = mapped_column(String(100), default="")
    slug: Mapped[str] = mapped_column(String(63))
    title: Mapped[str] = mapped_column(String(120))
    access: Mapped[str] = mapped_column(String(16))
    target: Mapped[str] = mapped_column(String(40), default="local")
    kind: Mapped[str] = mapped_column(String(40), default="")
    plan: Mapped[JsonDictOrNull]
    idle: Mapped[int]
    url: Mapped[str] = mapped_column(String(512), default="")
    release_id: Mapped[UUID | None]
    stopped: Mapped[bool] = mapped_column(default=False)
    created: Mapped[Moment]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    deployed: Mapped[datetime | None] = mapped_column(Instant)
    deleted: Mapped[datetime | None] = mapped_column(Instant)


class ReleaseRow(Table):
    """What a deployment built; `lock` is what was installed, in exact versions."""

    __tablename__ = "app_release"
    __table_args__ = (
        CheckConstraint("state IN ('built', 'good', 'failed', 'forgotten')", "state"),
        Index("ix_app_release_number", "app_id", "number", unique=True),
    )

    id: Mapped[Id]
    app_id: Mapped[UUID] = mapped_column(ForeignKey("app.id", ondelete="CASCADE"))
    number: Mapped[int]
    version: Mapped[str] = mapped_column(String(64))
    plan: Mapped[JsonDict]
    image: Mapped[str] = mapped_column(String(512))
    site: Mapped[str] = mapped_column(String(1024))
    lock: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(16))
    created: Mapped[Moment]


class DeploymentRow(Table):
    """An attempt to serve a version; `number` counts those of an app, which take turns."""

    __tablename__ = "app_deployment"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'scanning', 'locking', 'installing', 'building', 'executing',"
            " 'starting', 'checking', 'live', 'failed', 'cancelled')",
            "state",
        ),
        Index("ix_app_deployment_number", "app_id", "number", unique=True),
        Index("ix_app_deployment_unfinished", "app_id", sqlite_where=_UNFINISHED),
    )

    id: Mapped[Id]
    app_id: Mapped[UUID] = mapped_column(ForeignKey("app.id", ondelete="CASCADE"))
    number: Mapped[int]
    version: Mapped[str] = mapped_column(String(64))
    plan: Mapped[JsonDict]
    state: Mapped[str] = mapped_column(String(16))
    job_id: Mapped[UUID] = mapped_column(index=True)
    release_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("app_release.id", ondelete="SET NULL")
    )
    rolls_back: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(2000), default="")
    hint: Mapped[str] = mapped_column(String(2000), default="")
    path: Mapped[str] = mapped_column(String(4096), default="")
    cell: Mapped[int | None]
    traceback: Mapped[str] = mapped_column(default="")
    refused: Mapped[JsonList] = mapped_column(default=list)
    created: Mapped[Moment]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    ended: Mapped[datetime | None] = mapped_column(Instant)


class DeploymentLineRow(Table):
    """A line of the log of a deployment, numbered from 1."""

    __tablename__ = "app_deployment_line"

    deployment_id: Mapped[UUID] = mapped_column(
        ForeignKey("app_deployment.id", ondelete="CASCADE"), primary_key=True
    )
    n: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[Moment]
    stream: Mapped[str] = mapped_column(String(8))
    text: Mapped[str]


class DomainRow(Table):
    """A host name of an app's own; visitors come by it once it is verified."""

    __tablename__ = "app_domain"
    __table_args__ = (
        Index(
            "ix_app_domain_verified",
            "host",
            unique=True,
            sqlite_where=text("verified IS NOT NULL"),
        ),
    )

    app_id: Mapped[UUID] = mapped_column(
        ForeignKey("app.id", ondelete="CASCADE"), primary_key=True
    )
    host: Mapped[str] = mapped_column(String(253), primary_key=True)
    token: Mapped[str] = mapped_column(String(64))
    added: Mapped[Moment]
    verified: Mapped[datetime | None] = mapped_column(Instant)


class AppVariableRow(Table):
    """A variable of the environment that an app starts with, sealed."""

    __tablename__ = "app_variable"

    app_id: Mapped[UUID] = mapped_column(
        ForeignKey("app.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    sealed: Mapped[str]
    at: Mapped[Moment]
