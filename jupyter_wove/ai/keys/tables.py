"""Keys of providers, and of people."""

from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Moment
from jupyter_wove.kit.database import Table


class KeptKeyRow(Table):
    """A key that deployments name as `kept:NAME`; sealed, see `kit/sealing.py`."""

    __tablename__ = "ai_key"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[str]
    at: Mapped[Moment]


class PersonKeyRow(Table):
    """A key of a person's, for what its name says; sealed in the same way."""

    __tablename__ = "ai_person_key"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[str]
