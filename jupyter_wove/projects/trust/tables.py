"""Which projects came in archives, and who trusts what came from elsewhere."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Moment
from jupyter_wove.kit.database import Table


class ArchivedRow(Table):
    """A project that came in an archive; what was remixed is known by its origin."""

    __tablename__ = "project_archived"

    project_id: Mapped[UUID] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[Moment]


class TrustRow(Table):
    """Somebody trusts a project: for good, or for the next kernel in it."""

    __tablename__ = "project_trust"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    project_id: Mapped[UUID] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    once: Mapped[bool]
    at: Mapped[Moment]
