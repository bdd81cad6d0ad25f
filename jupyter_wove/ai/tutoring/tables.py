"""What teachers allow models to tell those who learn."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import JsonList, Moment
from jupyter_wove.kit.database import Table


class TutorPolicyRow(Table):
    """The policy of one project, which also holds for what is remixed from it."""

    __tablename__ = "ai_tutor_policy"

    project_id: Mapped[UUID] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    level: Mapped[int]
    until: Mapped[Moment]
    routes: Mapped[JsonList]
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    changed: Mapped[Moment]
