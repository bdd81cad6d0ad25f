"""Column types that behave the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """Say what its values are."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC only; a moment without a zone is a mistake of ours."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A stored moment needs a time zone.")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back."""
        if value is None or value.tzinfo:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


def new_id() -> UUID:
    """Make a UUIDv7: unique everywhere, and in order of time."""
    return uuid_utils.compat.uuid7()


def now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")
_NullableJson = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Id = Annotated[UUID, mapped_column(primary_key=True, default=new_id)]
Moment = Annotated[datetime, mapped_column(Instant)]
JsonDict = Annotated[dict[str, Any], mapped_column(Json)]
JsonDictOrNull = Annotated[dict[str, Any] | None, mapped_column(_NullableJson)]
JsonList = Annotated[list[Any], mapped_column(Json)]
