"""The outbox: events wait here, in the database, until each consumer has dealt with them."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import Index, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from jupyter_wove.kit.columns import Id, JsonDict, Moment, new_id, now
from jupyter_wove.kit.correlation import caused_by, request_id
from jupyter_wove.kit.database import Database, Table
from jupyter_wove.kit.errors import StorageFull, Unavailable
from jupyter_wove.kit.events import Event
from jupyter_wove.kit.metrics import CONSUMER_FAILURES, CONSUMER_SECONDS

Handle = Callable[[Any], None]
log = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(seconds=60)  # how long the others leave alone what one process took
LONGEST_WAIT = timedelta(hours=1)


class OutboxRow(Table):
    """An event that one consumer has not dealt with yet."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "consumer", "not_before", "id"),)

    id: Mapped[Id]
    consumer: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(100))
    payload: Mapped[JsonDict]
    at: Mapped[Moment]
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[Moment]
    request_id: Mapped[str] = mapped_column(String(64))


def keep(session: Session, event: Event, consumers: Sequence[str]) -> None:
    """Store an event for each of these consumers, in the transaction of `session`."""
    payload, at = msgspec.to_builtins(event), now()
    for consumer in consumers:
        session.add(
            OutboxRow(
                id=new_id(),
                consumer=consumer,
                kind=type(event).__name__,
                payload=payload,
                at=at,
                not_before=at,
                request_id=request_id.get(),
            )
        )


def rehearse(session: Session) -> None:
    """Write as much as keeping an event takes, and leave nothing of it. Raises StorageFull."""
    row = OutboxRow(
        id=new_id(), consumer="", kind="", payload={}, at=now(), not_before=now(), request_id=""
    )
    session.add(row)
    session.flush()
    session.delete(row)


class Waiting(NamedTuple):
    """What waits for a consumer, since how many seconds, how often at most it was tried in vain.

    `failure` is why an event last could not be dealt with, if that was in this process.
    """

    events: int = 0
    lag: float = 0.0
    tries: int = 0
    failure: str = ""


class Outbox:
    """Hands events to their consumers: at least once, in order unless one has to be retried."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.load_others: Callable[[], object] = _load_nothing  # domains that are loaded late
        self._handlers: dict[str, Handle] = {}
        self._turn = threading.Lock()
        self._woken = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._failures: dict[str, str] = {}

    def on(self, name: str, handle: Handle) -> None:
        """Have `handle` called with each event kept for the consumer `name`.

        It may be called again with the same event, so it must be idempotent.
        """
        self._handlers[name] = handle

    def deliver_once(self) -> int:
        """Take one batch of what is due for each consumer; return how many events were tried."""
        with self._turn:
            return sum(self._deliver(name) for name in list(self._handlers))

    def drain(self, timeout: float = 10.0) -> int:
        """Deliver until nothing is due or `timeout` seconds are over; return how many are left."""
        end = time.monotonic() + timeout
        while self.deliver_once() and time.monotonic() < end:
            pass
        return sum(self.backlog().values())

    def wake(self) -> None:
        """Have the thread look now instead of at the next full second."""
        self._woken.set()

    def start(self) -> None:
        """Deliver from a thread of its own until `stop`."""
        if self.delivers():
            return
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="wove-outbox", daemon=True)
        self._thread.start()

    def delivers(self) -> bool:
        """Tell whether the thread is there and goes on."""
        return self._thread is not None and self._thread.is_alive() and not self._stopping

    def stop(self) -> None:
        """Finish the event at hand; the others wait for the next start."""
        self._stopping = True
        self._woken.set()
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join()
            self._thread = None

    def backlog(self) -> dict[str, int]:
        """Count the waiting events of each consumer."""
        count = select(OutboxRow.consumer, func.count()).group_by(OutboxRow.consumer)
        with self.database.read() as session:
            waiting = dict(session.execute(count).all())
        return dict.fromkeys(self._handlers, 0) | waiting

    def waiting(self) -> dict[str, Waiting]:
        """Tell of each consumer what waits for it."""
        of_each = select(
            OutboxRow.consumer,
            func.count(),
            func.min(OutboxRow.at, type_=OutboxRow.at.type),
            func.max(OutboxRow.attempts),
        ).group_by(OutboxRow.consumer)
        with self.database.read() as session:
            rows = session.execute(of_each).all()
        known = {
            consumer: Waiting(events, max((now() - at).total_seconds(), 0.0), tries)
            for consumer, events, at, tries in rows
        }
        return {
            name: known.get(name, Waiting())._replace(failure=self._failures.get(name, ""))
            for name in self._handlers.keys() | known
        }

    def _run(self) -> None:
        while not self._stopping:
            self._woken.wait(1.0)
            self._woken.clear()
            try:
                while not self._stopping and self.deliver_once():
                    pass
            except (Unavailable, StorageFull) as error:
                log.warning("Events wait: %s", error)

    def _deliver(self, consumer: str) -> int:
        rows, until = self._claim(consumer)
        handled: dict[UUID, bool] = {}
        for row in rows:
            # Past the lease another process has taken the rest.
            if self._stopping or now() >= until:
                break
            handled[row.id] = self._handled(row)
        if rows:
            self._settle(rows, handled, until)
        return len(handled)

    def _claim(self, consumer: str) -> tuple[Sequence[OutboxRow], datetime]:
        until = now() + LEASE
        with self.database.read() as session:
            if not session.scalar(_due(consumer).limit(1)):
                return [], until
        with self.database.write() as session:
            due = _due(consumer).limit(BATCH).with_for_update(skip_locked=True)
            claim = (
                update(OutboxRow)
                .where(OutboxRow.id.in_(due.scalar_subquery()))
                .values(not_before=until, attempts=OutboxRow.attempts + 1)
                .returning(OutboxRow)
            )
            rows = session.scalars(claim).all()
        return sorted(rows, key=lambda row: row.id), until

    def _handled(self, row: OutboxRow) -> bool:
        with caused_by(row.request_id):
            try:
                self._handlers[row.consumer](self._event(row))
            except Exception as error:  # whatever one event does, the others must not wait for it
                log.exception("%s could not deal with %s %s", row.consumer, row.kind, row.id)
                CONSUMER_FAILURES.labels(row.consumer).inc()
                self._failures[row.consumer] = str(error) or type(error).__name__
                return False
        CONSUMER_SECONDS.labels(row.consumer).observe((now() - row.at).total_seconds())
        self._failures.pop(row.consumer, None)
        return True

    def _event(self, row: OutboxRow) -> Event:
        if row.kind not in Event.kinds:  # an earlier process had loaded its domain
            self.load_others()
        return msgspec.convert(row.payload, Event.kinds[row.kind])

    def _settle(
        self, rows: Sequence[OutboxRow], handled: dict[UUID, bool], until: datetime
    ) -> None:
        done = [row_id for row_id, well in handled.items() if well]
        with self.database.write() as session:
            session.execute(delete(OutboxRow).where(OutboxRow.id.in_(done)))
            for row in rows:
                if row.id not in done:
                    wait = _wait(row.attempts) if row.id in handled else timedelta(0)
                    ours = OutboxRow.id == row.id, OutboxRow.not_before == until
                    session.execute(update(OutboxRow).where(*ours).values(not_before=now() + wait))


def _due(consumer: str) -> Any:
    due = select(OutboxRow.id).where(OutboxRow.consumer == consumer, OutboxRow.not_before <= now())
    return due.order_by(OutboxRow.id)


def _wait(attempts: int) -> timedelta:
    return min(timedelta(seconds=2.0 ** min(attempts, 12)), LONGEST_WAIT)


def _load_nothing() -> None:
    """Load nothing: all events are known."""
