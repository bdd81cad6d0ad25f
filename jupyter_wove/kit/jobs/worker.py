"""The worker: takes jobs, runs them, keeps their leases, and finds those left behind."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from jupyter_wove.kit.columns import now
from jupyter_wove.kit.correlation import caused_by
from jupyter_wove.kit.errors import Cancelled, StorageFull, Unavailable, WoveError, problem
from jupyter_wove.kit.jobs import store
from jupyter_wove.kit.jobs.models import JobQueued
from jupyter_wove.kit.jobs.queue import Queue
from jupyter_wove.kit.jobs.run import JobRun
from jupyter_wove.kit.jobs.tables import JobRow
from jupyter_wove.kit.lifelines import Lifeline
from jupyter_wove.kit.outbox import keep
from jupyter_wove.kit.units import Units, fence

log = logging.getLogger(__name__)

CONSUMER = "jobs"
ATTEMPTS = 3
KEPT = timedelta(days=30)


Ended = Callable[[Session, Any, str, dict[str, Any] | None], None]
Found = Callable[[UUID, Any], msgspec.Struct | None]


def _nothing_there(job_id: UUID, arguments: Any) -> None:
    """Find nothing: the job is run again."""


def _nothing_more(session: Session, arguments: Any, state: str, problem: Any) -> None:
    """Have nothing to settle."""


@dataclass(frozen=True)
class Kind:
    """What jobs of one kind are given, and who does them.

    `found(job_id, arguments)` finds what an earlier attempt has made before it was interrupted.
    `ended` settles what else hangs on a job, in the transaction in which it ends in whatever way.
    """

    arguments: type
    run: Callable[[JobRun, Any], msgspec.Struct | None]
    _: KW_ONLY
    found: Found = _nothing_there
    ended: Ended = _nothing_more


class Kinds:
    """The kinds of jobs that are known; some are loaded with the first job of theirs."""

    def __init__(self) -> None:
        self._loaders: dict[str, Callable[[], Kind]] = {}

    def add(self, name: str, load: Callable[[], Kind]) -> None:
        """Know a kind."""
        self._loaders[name] = load

    def __getitem__(self, name: str) -> Kind:
        """Find a kind, and load it where that has not been done."""
        kind = self._loaders[name]()
        self._loaders[name] = lambda: kind
        return kind

    @property
    def names(self) -> list[str]:
        """Name all kinds."""
        return list(self._loaders)


class Worker:
    """Does jobs in threads of this process."""

    def __init__(
        self,
        units: Units,
        queue_url: str,
        workers: int,
        lease: timedelta,
        tell: Callable[[UUID], None],
        lifeline: Lifeline | None = None,
    ) -> None:
        self.kinds = Kinds()
        self._lifeline = lifeline
        self._units = units
        self._queue_url = queue_url
        self._workers = workers
        self._lease = lease
        self._tell = tell
        self._runs: dict[UUID, JobRun] = {}
        self._lock = threading.Lock()
        self._queue: Queue | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Look for jobs left behind, now and once per lease."""
        with self._lock:
            if self._thread is None and not self._stopping.is_set():
                self._thread = threading.Thread(target=self._keep, name="wove-leases", daemon=True)
                self._thread.start()

    def stop(self, timeout: float) -> None:
        """Ask the running jobs to give up, and wait for them."""
        self._stopping.set()
        for run in list(self._runs.values()):
            run.reason = run.reason or "stopping"
        end = time.monotonic() + timeout
        while self._runs and time.monotonic() < end:
            time.sleep(0.02)
        if self._thread:
            self._thread.join(timeout)
        if self._queue:
            self._queue.stop()

    def add(self, job_id: UUID, epoch: int) -> None:
        """Have a job done by whoever of the workers on the queue is free."""
        if self._stopping.is_set():
            return  # it waits in its row for the next start
        with self._lock:
            if self._queue is None or not self._queue.serves():
                self._queue = Queue(self._queue_url, self.work, self._workers)
        self._queue.add(job_id, epoch)

    def work(self, job_id: UUID) -> None:
        """Make one attempt at a job, unless somebody else has it."""
        until = store.until(self._lease)
        with self._units.database.write() as session:
            row = (
                None
                if self._stopping.is_set()
                else store.take(session, job_id, self.kinds.names, until, self._name)
            )
        if row is None:
            return
        run = self._runs[job_id] = JobRun(self._units, row, self._lease, self._tell)
        self._tell(job_id)
        try:
            with caused_by(row.request_id):
                self._attempt(run, row)
        finally:
            del self._runs[job_id]
            self._tell(job_id)

    def _attempt(self, run: JobRun, row: JobRow) -> None:
        token = fence.set(run.fence)
        try:
            result = self._result(run, row)
        except Exception as error:  # the job is the border: whatever it raised is its problem
            fence.reset(token)
            self._failed(run, row, error)
        else:
            fence.reset(token)
            self._end(run, row, "succeeded", result=msgspec.to_builtins(result))

    def _result(self, run: JobRun, row: JobRow) -> msgspec.Struct | None:
        kind = self.kinds[row.kind]
        arguments: Any = msgspec.convert(row.arguments, kind.arguments)
        # First: what is there already was neither cancelled nor interrupted too often.
        if row.attempt > 1 and (made := kind.found(row.id, arguments)):
            return made
        self._may_try(row)
        return kind.run(run, arguments)

    def _may_try(self, row: JobRow) -> None:
        if row.cancel_requested:
            raise Cancelled("Somebody cancelled it.")
        if row.attempt > ATTEMPTS:
            raise Unavailable(
                f"It was interrupted {ATTEMPTS} times before it was done. Start it again to retry."
            )

    def _failed(self, run: JobRun, row: JobRow, error: Exception) -> None:
        if run.reason == "stopping":
            self._give_back(run, row)
        elif run.reason == "cancelled" or isinstance(error, Cancelled):
            self._end(run, row, "cancelled")
        else:
            self._end(run, row, "failed", problem=_problem(row, error))

    def _end(self, run: JobRun, row: JobRow, state: str, **values: Any) -> None:
        with self._units.database.write() as session:
            ours = run.end(session, state, **values)
            if ours:
                self.settle(session, row, state, values.get("problem"))
        if not ours:
            log.warning("Job %s was taken over; what it came to here is left out.", run.job_id)

    def settle(
        self, session: Session, row: JobRow, state: str, problem: dict[str, Any] | None = None
    ) -> None:
        """Settle what hangs on a job that ends."""
        kind = self.kinds[row.kind]
        kind.ended(session, msgspec.convert(row.arguments, kind.arguments), state, problem)

    @property
    def _name(self) -> str:
        return self._lifeline.name if self._lifeline else ""

    def _give_back(self, run: JobRun, row: JobRow) -> None:
        with self._units.database.write() as session:
            if run.give_back(session):
                keep(session, JobQueued(row.id, row.epoch), [CONSUMER])

    def _keep(self) -> None:
        looked = float("-inf")
        while not self._stopping.is_set():
            try:
                for run in list(self._runs.values()):
                    run.tend()
                if time.monotonic() - looked > self._lease.total_seconds():
                    looked = time.monotonic()
                    self._look_around()
            except (Unavailable, StorageFull) as error:
                log.warning("Jobs wait: %s", error)
            self._stopping.wait(min(0.5, self._lease.total_seconds() / 6))

    def _look_around(self) -> None:
        with self._units.database.write() as session:
            store.forget_before(session, now() - KEPT)
        self._let_go_of_ended()
        with self._units.database.read() as session:
            waiting = store.waiting(session, self.kinds.names)
        for job_id, epoch in waiting:
            self.add(job_id, epoch)

    def _let_go_of_ended(self) -> None:
        """Take jobs from processes that have ended for certain, before their leases run out."""
        if self._lifeline is None:
            return
        with self._units.database.read() as session:
            holders = store.holders(session, self.kinds.names)
        if gone := [name for name in holders if self._lifeline.ended(name)]:
            with self._units.database.write() as session:
                store.let_go(session, gone)


def _problem(row: JobRow, error: Exception) -> dict[str, Any]:
    if not isinstance(error, WoveError):
        log.error("Job %s (%s) failed", row.id, row.kind, exc_info=error)
        identifier = row.request_id or str(row.id)
        error = WoveError(f"An internal error; the log tells more under {identifier}.")
    described: dict[str, Any] = msgspec.to_builtins(
        problem(error, f"urn:uuid:{row.id}", row.request_id)
    )
    return described
