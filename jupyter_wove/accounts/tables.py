"""People, how they are known to identity providers, and their API keys."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Instant, JsonList, Moment
from jupyter_wove.kit.database import Table


class PersonRow(Table):
    """A person; `handle` is how they are named in addresses, and may change."""

    __tablename__ = "person"

    id: Mapped[Id]
    handle: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    bio: Mapped[str] = mapped_column(String(2000), default="")
    joined: Mapped[Moment]


class IdentityRow(Table):
    """A name that an identity provider uses for a person."""

    __tablename__ = "identity"

    provider: Mapped[str] = mapped_column(String(200), primary_key=True)
    subject: Mapped[str] = mapped_column(String(200), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )


class ApiKeyRow(Table):
    """An API key: only the hash of its secret is kept."""

    __tablename__ = "api_key"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    secret_hash: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[JsonList]
    created: Mapped[Moment]
    expires: Mapped[Moment]
    last_used: Mapped[datetime | None] = mapped_column(Instant)
    revoked: Mapped[datetime | None] = mapped_column(Instant)
