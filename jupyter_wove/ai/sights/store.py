"""Every query on what models were shown."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jupyter_wove.ai.sights.tables import SightRow, TrustedRulesRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.database import add_unless_there
from jupyter_wove.kit.errors import NotFound

NONE = "Nothing is kept of what was shown for this answer, or somebody else asked."


class SightStore:
    """What is kept of sights, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, person_id: UUID, message: str) -> SightRow:
        """Find what was shown for an answer to this person. Raises NotFound."""
        row = self.session.get(SightRow, message)
        if row is None or row.person_id != person_id:
            raise NotFound(NONE)
        return row

    def trusted(self, person_id: UUID, digests: Iterable[str]) -> set[str]:
        """Choose the rules that somebody trusts."""
        mine = TrustedRulesRow.person_id == person_id
        asked = select(TrustedRulesRow.digest).where(mine, TrustedRulesRow.digest.in_([*digests]))
        return set(self.session.scalars(asked))

    def trust(self, person_id: UUID, digest: str) -> None:
        """Note that somebody trusts rules."""
        row = {"person_id": person_id, "digest": digest, "at": now()}
        add_unless_there(self.session, TrustedRulesRow, **row)

    def distrust(self, person_id: UUID, digest: str) -> None:
        """Note that somebody does not trust rules any more."""
        row = self.session.get(TrustedRulesRow, (person_id, digest))
        if row is not None:
            self.session.delete(row)

    def delete_before(self, moment: datetime) -> None:
        """Forget what was shown long ago."""
        self.session.execute(delete(SightRow).where(SightRow.at < moment))
