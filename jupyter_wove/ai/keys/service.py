"""What administrators do with the keys of providers."""

import re
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from jupyter_wove.ai.keys.store import PersonKeys
from jupyter_wove.ai.keys.tables import KeptKeyRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import InvalidRequest, NotFound
from jupyter_wove.kit.sealing import KeyLost, Sealing
from jupyter_wove.kit.units import Units

NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
SECRET = re.compile(r"[!-~]{1,4096}")  # what may stand in a header


class KeptKey(msgspec.Struct, frozen=True):
    """A key that is kept, without its secret."""

    name: str
    at: datetime
    opens: bool  # with a key of the server that is there


class KeptKeys:
    """The keys of providers in the database, sealed."""

    def __init__(self, units: Units, sealing: Sealing) -> None:
        self._units = units
        self._sealing = sealing

    def all(self) -> list[KeptKey]:
        """List them, without their secrets."""
        with self._units.read() as unit:
            rows = _rows(unit.session)
        return [KeptKey(row.name, row.at, self._sealing.can_open([row.sealed])) for row in rows]

    def add(self, name: str, secret: str) -> None:
        """Keep a key, instead of the one of this name if there is one."""
        if not NAME.fullmatch(name):
            raise InvalidRequest("A name has letters, digits, _, . and -, and 64 at most.")
        if not SECRET.fullmatch(secret):
            raise InvalidRequest("This is no key: it is empty, too long, or has spaces in it.")
        with self._units.write() as unit:
            self._check_all(unit.session, besides=name)
            sealed = self._sealing.seal(secret, _purpose(name))
            unit.session.merge(KeptKeyRow(name=name, sealed=sealed, at=now()))

    def remove(self, name: str) -> None:
        """Forget a key."""
        with self._units.write() as unit:
            row = unit.session.get(KeptKeyRow, name)
            if row is None:
                raise NotFound(f"There is no key {name}.")
            unit.session.delete(row)

    def rotate(self) -> int:
        """Seal all of them with a new key of the server, and let go of its old ones. Count them.

        Whatever ends it in the middle, each key can be opened, and it can be done again.
        """
        with self._units.write() as unit:
            rows = self._check_all(unit.session)
            if not self._sealing.is_given:
                self._sealing.renew()
            for row in rows:
                secret = self._sealing.open(row.sealed, _purpose(row.name))
                row.sealed = self._sealing.seal(secret, _purpose(row.name))
            PersonKeys(unit.session, self._sealing).rotate()
        if not self._sealing.is_given:
            self._sealing.forget_old()
        return len(rows)

    def opened(self, names: set[str]) -> dict[str, str]:
        """Open those of these keys that are there and can be opened."""
        with self._units.read() as unit:
            rows = [row for row in _rows(unit.session) if row.name in names]
        readable = [row for row in rows if self._sealing.can_open([row.sealed])]
        return {row.name: self._sealing.open(row.sealed, _purpose(row.name)) for row in readable}

    def _check_all(self, session: Session, besides: str = "") -> list[KeptKeyRow]:
        """Wait for others who change keys. Raises KeyLost where one cannot be opened."""
        take_turn(session, "ai-keys")
        rows = _rows(session)
        kept = [row for row in rows if row.name != besides]
        lost = [row.name for row in kept if not self._sealing.can_open([row.sealed])]
        if lost:
            raise KeyLost(
                f"The key of the server is lost that {', '.join(lost)} can be opened with. Bring"
                f" back {self._sealing.path}, or remove them: jupyter wove ai keys remove NAME"
            )
        return rows


def _rows(session: Session) -> list[KeptKeyRow]:
    return list(session.scalars(select(KeptKeyRow).order_by(KeptKeyRow.name)))


def _purpose(name: str) -> str:
    return f"ai-key:{name}"
