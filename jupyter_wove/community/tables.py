"""Stars, and the figures by which the gallery is ordered."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Moment
from jupyter_wove.kit.database import Table


class StarRow(Table):
    """Somebody's star on a project."""

    __tablename__ = "star"

    project_id: Mapped[UUID] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[Moment]


class StandingRow(Table):
    """How a project stands: its stars and remixes, and `heat`, the order of *trending*."""

    __tablename__ = "standing"
    __table_args__ = (
        Index("ix_standing_heat", "heat", "project_id"),
        Index("ix_standing_remixes", "remixes", "project_id"),
    )

    project_id: Mapped[UUID] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    stars: Mapped[int] = mapped_column(default=0, index=True)
    remixes: Mapped[int] = mapped_column(default=0)
    heat: Mapped[float] = mapped_column(default=0.0)
