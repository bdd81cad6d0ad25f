"""Whether what costs money may be asked for somebody now."""

import asyncio
from collections.abc import Iterable
from uuid import UUID

from jupyter_wove.ai.consents.service import has_agreed
from jupyter_wove.ai.models import By, Deployment
from jupyter_wove.kit.units import Units

CHAT = "chat"


class ConsentGuard:
    """Remembers who agreed; who did not may do so at any moment."""

    def __init__(self, units: Units, *, asks: bool) -> None:
        self._units = units
        self._asks = asks
        self._agreed: set[UUID] = set()

    async def may_pay(
        self, person_id: UUID, by: By, purpose: str, deployments: Iterable[Deployment]
    ) -> bool:
        """Tell whether those of these which cost money may be asked.

        Who made an API key meant to use it; in a browser and in chats it is asked about once.
        """
        is_click = by == "browser" or (by == "program" and purpose == CHAT)
        if not self._asks or not is_click or person_id in self._agreed:
            return True
        if all(each.is_free for each in deployments):
            return True
        if await asyncio.to_thread(self._look, person_id):
            self._agreed.add(person_id)
            return True
        return False

    def _look(self, person_id: UUID) -> bool:
        with self._units.read() as unit:
            return has_agreed(unit.session, person_id)
