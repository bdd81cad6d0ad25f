"""What models were shown, and whose rules people trust."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Json, Moment
from jupyter_wove.kit.database import Table


class SightRow(Table):
    """What a model was shown before an answer; the text is compressed."""

    __tablename__ = "ai_sight"

    message: Mapped[str] = mapped_column(String(64), primary_key=True)  # the answer, in its chat
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[Moment] = mapped_column(index=True)
    model: Mapped[str] = mapped_column(String(64))
    notebook: Mapped[str] = mapped_column(String(1024))
    tokens: Mapped[int]
    parts: Mapped[list[Any]] = mapped_column(Json())
    content: Mapped[bytes]


class TrustedRulesRow(Table):
    """Rules of a project that somebody has read and trusts."""

    __tablename__ = "ai_trusted_rules"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[Moment]
