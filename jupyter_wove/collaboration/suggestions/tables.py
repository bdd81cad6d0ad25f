"""Suggestions, and what became of their changes."""

from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Moment
from jupyter_wove.kit.database import Table


class SuggestionRow(Table):
    """A suggestion for the document of a room; `base` is what its author last saw of that.

    `revision` stands for what was last told of it to those who have the document open; `heard`
    is when its author was last at it, or when it was closed; `agent` names who wrote it for its
    author, and is empty where they did so themselves.
    """

    __tablename__ = "suggestion"

    id: Mapped[Id]
    room: Mapped[str] = mapped_column(String(255), index=True)
    author_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    created: Mapped[Moment]
    heard: Mapped[Moment]
    is_open: Mapped[bool]
    note: Mapped[str] = mapped_column(String(500))
    agent: Mapped[str] = mapped_column(String(64), default="")
    revision: Mapped[str] = mapped_column(String(64))
    base: Mapped[bytes]


class DecisionRow(Table):
    """What somebody decided on cells of a suggestion, with what would undo it."""

    __tablename__ = "suggestion_decision"

    id: Mapped[Id]
    suggestion_id: Mapped[UUID] = mapped_column(
        ForeignKey("suggestion.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[Moment]
    is_accepted: Mapped[bool]
    back: Mapped[bytes]
