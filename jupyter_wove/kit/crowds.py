"""Asking for thousands of rows by their ids, without an object or a parameter for each."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ARRAY, ColumnElement, String, Uuid, any_, cast, func, literal, select
from sqlalchemy import type_coerce as read_as
from sqlalchemy.orm import InstrumentedAttribute, Session

DASHES = (8, 12, 16, 20)  # before these digits of an id as it is written


def among(
    session: Session, column: InstrumentedAttribute[UUID], ids: Collection[str]
) -> ColumnElement[bool]:
    """Ask whether a column has one of these ids, as they are written; they are one parameter."""
    if session.get_bind().dialect.name == "postgresql":
        return column == any_(cast(literal(list(ids), ARRAY(String)), ARRAY(Uuid)))
    kept = msgspec.json.encode([each.replace("-", "") for each in ids]).decode()
    listed = func.json_each(kept).table_valued("value")
    return read_as(column, String).in_(select(listed.c.value))


def as_kept(column: InstrumentedAttribute[UUID]) -> ColumnElement[Any]:
    """Ask for ids as the database gives them; `written` reads those."""
    return read_as(column, String)


def written(id_: str | UUID) -> str:
    """Write an id as the database gives it, in the usual way."""
    if isinstance(id_, UUID):
        return str(id_)
    starts, ends = (0, *DASHES), (*DASHES, None)
    return "-".join(id_[start:end] for start, end in zip(starts, ends, strict=True))
