"""Requests that are sent twice are done once: the first reply is kept and given again."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    Index,
    LargeBinary,
    String,
    delete,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from jupyter_wove.kit.columns import Json, Moment, now
from jupyter_wove.kit.database import Table
from jupyter_wove.kit.errors import Conflict, InvalidRequest
from jupyter_wove.kit.lifelines import Lifeline
from jupyter_wove.kit.units import Unit

KEPT = timedelta(hours=24)
LONGEST_REQUEST = timedelta(minutes=10)
LONGEST_KEY = 200


class IdempotencyRow(Table):
    """A request with a key, and its reply; `status` is null while it is being done.

    Until then, `claimed_by` names the process that does it, and `changed` says whether it has
    stored something.
    """

    __tablename__ = "idempotency_key"
    __table_args__ = (Index("ix_idempotency_key_at", "at"),)

    actor_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    operation: Mapped[str] = mapped_column(String(100))
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None]
    headers: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    body: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    at: Mapped[Moment]
    claimed_by: Mapped[str] = mapped_column(String(100), default="")
    changed: Mapped[bool] = mapped_column(default=False)


class KeyedRequest(msgspec.Struct, frozen=True):
    """A request that carries an `Idempotency-Key`."""

    actor_id: UUID
    key: str
    operation: str
    request_hash: str

    @classmethod
    def of(cls, actor_id: UUID, key: str, operation: str, *parts: bytes) -> "KeyedRequest":
        """Describe a request; `parts` are all that makes it what it is: path, query, body."""
        if not 1 <= len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
            raise InvalidRequest(
                f"Idempotency-Key: use 1 to {LONGEST_KEY} printable ASCII characters."
            )
        digest = sha256(b"".join(len(part).to_bytes(8) + part for part in parts))
        return cls(actor_id, key, operation, digest.hexdigest())


class Reply(msgspec.Struct, frozen=True):
    """What a request was answered."""

    status: int
    body: bytes
    headers: dict[str, str]


def recall(unit: Unit, request: KeyedRequest, lifeline: Lifeline) -> Reply | None:
    """Give the reply to this request if it was done; else claim it, to be done now.

    In the unit that also does the change, a failure frees the key with everything else. Raises
    Conflict while the same request is being done elsewhere, or where its reply was lost with the
    process that did it; InvalidRequest for another request.
    """
    session = unit.session
    _take_turn(session, request)
    _forget_old(session)
    # Where its process was killed, its last transaction may still be ending: wait for that.
    row = session.get(IdempotencyRow, (request.actor_id, request.key), with_for_update=True)
    if row is None:
        values = msgspec.structs.asdict(request) | {"claimed_by": lifeline.name}
        session.add(IdempotencyRow(**values, at=now()))
        session.flush()
        return None
    return _reply(row, request, lifeline)


def note_change(session: Session, request: KeyedRequest) -> None:
    """Say, in the transaction that stores something, that the request must not be done again."""
    session.execute(update(IdempotencyRow).where(*_same(request)).values(changed=True))


def remember(unit: Unit, request: KeyedRequest, reply: Reply) -> None:
    """Keep the reply to a claimed request for 24 hours. Never one that shows a secret once."""
    values = msgspec.structs.asdict(reply)
    unit.session.execute(update(IdempotencyRow).where(*_same(request)).values(**values))


def forget(unit: Unit, request: KeyedRequest) -> None:
    """Free a claim that was stored in a unit of its own, after the request has failed."""
    unfinished = IdempotencyRow.status.is_(None)
    unit.session.execute(delete(IdempotencyRow).where(*_same(request), unfinished))


def _reply(row: IdempotencyRow, request: KeyedRequest, lifeline: Lifeline) -> Reply | None:
    if (row.operation, row.request_hash) != (request.operation, request.request_hash):
        raise InvalidRequest(
            "Idempotency-Key: it was used for another request. Make a new key for each request."
        )
    if row.status is not None:
        return Reply(row.status, row.body, row.headers)
    if row.at > now() - LONGEST_REQUEST and not lifeline.ended(row.claimed_by):
        raise _in_flight()
    if row.changed:
        raise Conflict(
            "The server was stopped before it could answer this request, but after it had stored"
            " something. Look at what is there before you send it again with a new key."
        )
    row.at, row.claimed_by = now(), lifeline.name
    return None


def _take_turn(session: Session, request: KeyedRequest) -> None:
    """On PostgreSQL, refuse at once what is being done; on SQLite, writers take turns anyway."""
    if session.get_bind().dialect.name == "sqlite":
        return
    name = f"{request.actor_id} {request.key}"
    lock = func.pg_try_advisory_xact_lock(func.hashtextextended(name, 0))
    if not session.scalar(select(lock)):
        raise _in_flight()


def _in_flight() -> Conflict:
    return Conflict("The same request is being done at this moment. Ask again shortly.")


def _forget_old(session: Session) -> None:
    """Delete what is over 24 hours old, except what another request is deleting."""
    keys = tuple_(IdempotencyRow.actor_id, IdempotencyRow.key)
    old = select(IdempotencyRow.actor_id, IdempotencyRow.key).where(
        IdempotencyRow.at < now() - KEPT
    )
    session.execute(
        delete(IdempotencyRow)
        .where(keys.in_(old.with_for_update(skip_locked=True)))
        .execution_options(synchronize_session=False)
    )


def _same(request: KeyedRequest) -> list[ColumnElement[bool]]:
    return [IdempotencyRow.actor_id == request.actor_id, IdempotencyRow.key == request.key]
