"""One answer to each message, however many servers have the chat open."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from jupyter_wove.ai.turns.tables import TurnRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.database import add_unless_there
from jupyter_wove.kit.units import Units

KEPT = timedelta(days=30)  # longer than a browser keeps what it could not send
LONGEST = 64  # characters of the name of a chat or a message


class Turns:
    """Who answers what."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def take(self, chat: str, message: str, person_id: UUID) -> bool:
        """Take the turn to answer somebody's message; False where another has it already."""
        row = {"chat": chat[:LONGEST], "message": message[:LONGEST], "person_id": person_id}
        with self.units.write() as unit:
            return add_unless_there(unit.session, TurnRow, **row, at=now())

    def forget_old(self) -> None:
        """Forget what is too long ago to come again."""
        with self.units.write() as unit:
            unit.session.execute(delete(TurnRow).where(TurnRow.at < now() - KEPT))
