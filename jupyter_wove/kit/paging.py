"""Pages of a long list, each found by where the one before ended, never by counting rows."""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    UnaryExpression,
    and_,
    bindparam,
    or_,
    tuple_,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.operators import desc_op

from jupyter_wove.kit.errors import InvalidRequest

T = TypeVar("T")
LARGEST = 100


class Page(msgspec.Struct, Generic[T]):
    """Some items; `next` is what to ask with as `after` for those that follow, null at the end."""

    items: list[T]
    next: str | None


def check_limit(limit: int) -> None:
    """Refuse a page of no size, or of too many items (InvalidRequest)."""
    if not 1 <= limit <= LARGEST:
        raise InvalidRequest(f"limit: ask for 1 to {LARGEST} items.")


def keyset(
    session: Session,
    statement: Select[Any],
    order: Sequence[ColumnElement[Any]],
    after: str | None,
    limit: int,
) -> Page[Any]:
    """Read the page of `statement` that follows `after`.

    `order` names columns that are never null and together unique, each `.desc()` or not. The
    items are what the statement selects: rows of a table, or tuples. Raises InvalidRequest.
    """
    check_limit(limit)
    columns = [_column(each) for each in order]
    if after is not None:
        statement = statement.where(_follows(order, _values(after, columns)))
    width = len(statement.selected_columns) if len(statement.column_descriptions) > 1 else 1
    found = session.execute(
        statement.add_columns(*columns).order_by(None).order_by(*order).limit(limit + 1)
    ).all()
    width = len(found[0]) - len(columns) if found else width
    last = found[limit - 1][width:] if len(found) > limit else None
    items = [row[0] if width == 1 else tuple(row[:width]) for row in found[:limit]]
    return Page(items, cursor(last) if last else None)


def cursor(values: Sequence[Any]) -> str:
    """Write down where a page ended; callers must not read anything into it."""
    return base64.urlsafe_b64encode(msgspec.json.encode(list(values))).rstrip(b"=").decode()


# What a cursor may hold for each type of column: anything else would be an error of the database.
_KINDS: dict[type, Any] = {
    str: Annotated[str, msgspec.Meta(pattern=r"^[^\x00]*$")],
    datetime: Annotated[datetime, msgspec.Meta(tz=True)],
    float: float,
    bool: bool,
    UUID: UUID,
}


def _values(after: str, columns: Sequence[ColumnElement[Any]]) -> list[Any]:
    kinds = tuple(_kind(column) for column in columns)
    try:
        text = base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True)
        raw = msgspec.json.decode(text)
        values = msgspec.convert(raw, tuple[kinds])  # type: ignore[valid-type]
        return [_in_utc(value) for value in values]
    except (ValueError, OverflowError) as error:  # of base64, msgspec and dates alike
        raise InvalidRequest("after: take it from `next` of the page before.") from error


def _kind(column: ColumnElement[Any]) -> Any:
    if column.type.python_type is int:
        bits = 63 if isinstance(column.type, BigInteger) else 31
        return Annotated[int, msgspec.Meta(ge=-(2**bits), le=2**bits - 1)]
    return _KINDS[column.type.python_type]


def _in_utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _column(each: ColumnElement[Any]) -> ColumnElement[Any]:
    return each.element if isinstance(each, UnaryExpression) else each


def _descends(each: ColumnElement[Any]) -> bool:
    return isinstance(each, UnaryExpression) and each.modifier is desc_op


def _follows(order: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
    columns = [_column(each) for each in order]
    bounds = [
        bindparam(None, value, type_=column.type)
        for column, value in zip(columns, values, strict=True)
    ]
    if len({_descends(each) for each in order}) == 1:
        rows = tuple_(*columns), tuple_(*bounds)
        return rows[0] < rows[1] if _descends(order[0]) else rows[0] > rows[1]
    return _follows_mixed(order, columns, bounds)


def _follows_mixed(
    order: Sequence[ColumnElement[Any]],
    columns: Sequence[ColumnElement[Any]],
    bounds: Sequence[ColumnElement[Any]],
) -> ColumnElement[bool]:
    """Equal in all columns so far, and further on in the next, for one of the columns."""
    beyond = [
        column < bound if _descends(each) else column > bound
        for each, column, bound in zip(order, columns, bounds, strict=True)
    ]
    same = [column == bound for column, bound in zip(columns, bounds, strict=True)]
    reached = or_(beyond[0], same[0])  # by itself it says nothing new, but an index can use it
    return and_(reached, or_(*(and_(*same[:n], step) for n, step in enumerate(beyond))))
