"""A job while it runs: how it says how far it is, and learns that it should stop."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from jupyter_wove.kit.errors import Cancelled
from jupyter_wove.kit.jobs import store
from jupyter_wove.kit.jobs.tables import JobRow
from jupyter_wove.kit.units import Unit, Units

Reason = Literal["cancelled", "replaced", "stopping"]
SENTENCES: dict[Reason, str] = {
    "cancelled": "Somebody cancelled it.",
    "replaced": "Another worker has taken over.",
    "stopping": "The server stops; the job starts again with it.",
}
PAUSE = 0.25  # seconds between two looks at the row, however often a job asks


class JobRun:
    """One attempt at a job. All its units of work fail once another worker has taken over."""

    def __init__(
        self, units: Units, row: JobRow, lease: timedelta, tell: Callable[[UUID], None]
    ) -> None:
        self.job_id = row.id
        self.attempt = row.attempt
        self.reason: Reason | None = None
        self._units = units
        self._epoch = row.epoch
        self._lease = lease
        self._tell = tell
        self._progress = {"done": 0, "total": 0, "note": ""}
        self._unsaved = False
        self._looked = float("-inf")

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Say how much is done, and what is being done; cheap enough for every step."""
        self._progress = {"done": done, "total": total, "note": note[:200]}
        self._unsaved = True
        if self._may_look():
            self.renew()

    def cancelled(self) -> bool:
        """Tell whether the job should stop; it may then clean up and raise, or just return."""
        if not self.reason and self._may_look():
            self.renew()
        return self.reason is not None

    def check(self) -> None:
        """Raise Cancelled if the job should stop."""
        if self.cancelled() and self.reason:
            raise Cancelled(SENTENCES[self.reason])

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """Open a unit of work that is kept only if the job is still ours at its end."""
        with self._units.write() as unit:
            yield unit

    def fence(self, session: Session) -> None:
        """Raise Cancelled if another worker has taken over; else keep it out until the commit."""
        if self._change(session) is None:
            self.reason = "replaced"
            raise Cancelled(SENTENCES["replaced"])

    def tend(self) -> None:
        """Do what the job itself has not done lately: store its progress, renew its lease."""
        if self._unsaved or self._ago() > self._lease.total_seconds() / 6:
            self.renew()

    def renew(self) -> None:
        """Hold the job for another lease, store the progress, and see whether to stop."""
        self._looked, self._unsaved = time.monotonic(), False
        with self._units.database.write() as session:
            asked_to_stop = self._change(session)
        if asked_to_stop is None:
            self.reason = "replaced"
        elif asked_to_stop:
            self.reason = self.reason or "cancelled"
        self._tell(self.job_id)

    def end(self, session: Session, state: str, **values: object) -> bool:
        """Store how it ended; False if another worker has taken over."""
        ended = store.ended(state, **self._progress, **values)
        return store.change(session, self.job_id, self._epoch, **ended) is not None

    def give_back(self, session: Session) -> bool:
        """Let it be started again, as if it had not been; False if somebody took it."""
        again = {"state": "queued", "lease_until": None, "attempt": JobRow.attempt - 1}
        return store.change(session, self.job_id, self._epoch, **again) is not None

    def _change(self, session: Session) -> bool | None:
        until = store.until(self._lease)
        return store.change(session, self.job_id, self._epoch, lease_until=until, **self._progress)

    def _may_look(self) -> bool:
        """Not in the middle of a unit of work, which it would wait for, and not too often."""
        return self._ago() > PAUSE and not self._units.database.writing_here

    def _ago(self) -> float:
        return time.monotonic() - self._looked
