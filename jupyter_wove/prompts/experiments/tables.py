"""Experiments with versions of prompts, and who did what with them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Instant, JsonDict, Moment
from jupyter_wove.kit.database import Table


class ExperimentRow(Table):
    """An experiment on a label; `before` is what that meant before `promoted` took its place."""

    __tablename__ = "prompt_experiment"

    id: Mapped[Id]
    prompt_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt.id", ondelete="CASCADE"), index=True
    )
    label: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(16))
    begun: Mapped[Moment]
    ended: Mapped[datetime | None] = mapped_column(Instant)
    promoted: Mapped[str | None] = mapped_column(String(24))
    before: Mapped[str | None] = mapped_column(String(24))


class VariantRow(Table):
    """A version in an experiment; `looks` counts how often each guard rail was looked at."""

    __tablename__ = "prompt_variant"

    experiment_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt_experiment.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("prompt_version.id", ondelete="CASCADE"))
    weight: Mapped[int]
    stopped: Mapped[str] = mapped_column(String(500))
    looks: Mapped[JsonDict]


class StepRow(Table):
    """One thing that somebody, or Wove, did with an experiment."""

    __tablename__ = "prompt_experiment_step"

    id: Mapped[Id]
    experiment_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt_experiment.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(String(16))
    detail: Mapped[str] = mapped_column(String(500))
    at: Mapped[Moment]
