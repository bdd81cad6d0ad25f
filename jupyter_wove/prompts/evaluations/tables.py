"""Evaluations, and what labels need of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Instant, JsonDict, JsonList, Moment
from jupyter_wove.kit.database import Table


class EvaluationRow(Table):
    """One evaluation: what was asked for, and what came of it, row by row."""

    __tablename__ = "prompt_evaluation"

    id: Mapped[Id]
    prompt_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    begun: Mapped[Moment]
    ended: Mapped[datetime | None] = mapped_column(Instant)
    asked: Mapped[JsonDict]
    results: Mapped[JsonList]
    spent: Mapped[JsonList]  # dollars, or null, beside the results


class LabelRuleRow(Table):
    """What a version needs before a label can mean it."""

    __tablename__ = "prompt_label_rule"

    prompt_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt.id", ondelete="CASCADE"), primary_key=True
    )
    label: Mapped[str] = mapped_column(String(40), primary_key=True)
    least: Mapped[float]
