"""Who agreed to what models cost."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from jupyter_wove.accounts import Actor
from jupyter_wove.ai.consents.tables import ConsentRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.database import add_unless_there
from jupyter_wove.kit.units import Unit


class Consents:
    """What people agreed to."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def give(self, actor: Actor) -> None:
        """Agree once that models are asked which cost money."""
        add_unless_there(self.unit.session, ConsentRow, person_id=actor.id, at=now())


def has_agreed(session: Session, person_id: UUID) -> bool:
    """Tell whether somebody agreed that models are asked which cost money."""
    agreed = exists().where(ConsentRow.person_id == person_id)
    return bool(session.scalar(select(agreed)))
