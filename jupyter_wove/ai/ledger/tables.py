"""Every attempt to have a model answer, with what it cost."""

from typing import cast
from uuid import UUID

import sqlalchemy
from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, JsonDictOrNull, Moment
from jupyter_wove.kit.database import Table


class AttemptRow(Table):
    """One attempt. Tokens are counted by the provider, or estimated.

    `cost` is in millionths of a millionth of a US dollar, and NULL where nobody knows it;
    `reserved` is what it may cost at most, while it runs; `use_id` is the use of a prompt that it
    answers, whose row says which version that was; `prompt` names the version of a prompt of the
    library that it was asked with, if any.
    """

    __tablename__ = "ai_attempt"
    __table_args__ = (
        Index("ix_ai_attempt_person_id_at", "person_id", "at"),
        Index("ix_ai_attempt_project_id_at", "project_id", "at"),
        Index("ix_ai_attempt_at", "at"),
        Index("ix_ai_attempt_outcome", "outcome"),
    )

    id: Mapped[Id]
    at: Mapped[Moment]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("project.id", ondelete="SET NULL"))
    use_id: Mapped[UUID | None] = mapped_column(index=True)
    purpose: Mapped[str] = mapped_column(String(64))
    prompt: Mapped[str] = mapped_column(String(160), default="", server_default=text("''"))
    route: Mapped[str] = mapped_column(String(64))
    deployment: Mapped[str] = mapped_column(String(64))
    model: Mapped[str] = mapped_column(String(128))
    number: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(16))
    input: Mapped[int] = mapped_column(BigInteger)
    output: Mapped[int] = mapped_column(BigInteger)
    read: Mapped[int] = mapped_column(BigInteger)
    written: Mapped[int] = mapped_column(BigInteger)
    reasoning: Mapped[int] = mapped_column(BigInteger)
    is_estimated: Mapped[bool]
    cost: Mapped[int | None] = mapped_column(BigInteger)
    reserved: Mapped[int] = mapped_column(BigInteger)
    first: Mapped[float | None]
    took: Mapped[float]
    problem: Mapped[JsonDictOrNull]


# Not objects of a session: an answer begins while this is written, in the same process.
ATTEMPTS = cast(sqlalchemy.Table, AttemptRow.__table__)
