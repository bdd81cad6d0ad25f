"""The keys of people, in one transaction."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from jupyter_wove.ai.keys.tables import PersonKeyRow
from jupyter_wove.kit.sealing import Sealing


class PersonKeys:
    """Keeps what people give for a purpose, sealed."""

    def __init__(self, session: Session, sealing: Sealing) -> None:
        self.session = session
        self._sealing = sealing

    def put(self, person_id: UUID, name: str, secret: str) -> None:
        """Keep a key, instead of the one of this name; forget that where it is empty."""
        self.remove(person_id, name)
        if secret:
            sealed = self._sealing.seal(secret, _purpose(person_id, name))
            self.session.add(PersonKeyRow(person_id=person_id, name=name, sealed=sealed))
            self.session.flush()

    def open(self, person_id: UUID, name: str) -> str:
        """Open a key; empty where there is none. Raises KeyLost."""
        row = self.session.get(PersonKeyRow, (person_id, name))
        return self._sealing.open(row.sealed, _purpose(person_id, name)) if row else ""

    def remove(self, person_id: UUID, name: str) -> None:
        """Forget a key, if there is one."""
        if row := self.session.get(PersonKeyRow, (person_id, name)):
            self.session.delete(row)
            self.session.flush()

    def rotate(self) -> None:
        """Seal all anew that can be opened; who gave the others has to give them again."""
        for row in self.session.scalars(select(PersonKeyRow)):
            if self._sealing.can_open([row.sealed]):
                purpose = _purpose(row.person_id, row.name)
                row.sealed = self._sealing.seal(self._sealing.open(row.sealed, purpose), purpose)


def _purpose(person_id: UUID, name: str) -> str:
    return f"person-key:{person_id}:{name}"
