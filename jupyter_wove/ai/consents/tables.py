"""Who agreed to what models cost."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Moment
from jupyter_wove.kit.database import Table


class ConsentRow(Table):
    """Somebody who knows that models cost money, and wants to ask them."""

    __tablename__ = "ai_consent"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[Moment]
