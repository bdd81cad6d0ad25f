"""Column types that behave the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine


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


class Json(TypeDecorator[Any]):
    """What JSON can say; with `none_as_null`, None is SQL's NULL and not JSON's."""

    impl = JSON
    cache_ok = True

    @property
    def python_type(self) -> type[Any]:
        """Say what its values mostly are."""
        return dict

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Keep it parsed where PostgreSQL does, whose dialect other servers need not load."""
        if dialect.name != "postgresql":
            return self.impl_instance
        from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415

        return JSONB(none_as_null=self.impl_instance.none_as_null)  # type: ignore[attr-defined]


def new_id() -> UUID:
    """Make a UUIDv7: unique everywhere, and in order of time."""
    import uuid_utils.compat  # noqa: PLC0415 — late: half a megabyte, which reading does without

    return uuid_utils.compat.uuid7()


def now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


Id = Annotated[UUID, mapped_column(primary_key=True, default=new_id)]
Moment = Annotated[datetime, mapped_column(Instant)]
JsonDict = Annotated[dict[str, Any], mapped_column(Json)]
JsonDictOrNull = Annotated[dict[str, Any] | None, mapped_column(Json(none_as_null=True))]
JsonList = Annotated[list[Any], mapped_column(Json)]
