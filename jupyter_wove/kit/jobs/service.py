"""What can be done with jobs: start, look at, watch, wait for, cancel."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.correlation import request_id
from jupyter_wove.kit.errors import NotFound, Unavailable
from jupyter_wove.kit.jobs import store
from jupyter_wove.kit.jobs.models import Job, JobQueued
from jupyter_wove.kit.jobs.run import JobRun
from jupyter_wove.kit.jobs.tables import JobRow
from jupyter_wove.kit.jobs.watching import Watchers
from jupyter_wove.kit.jobs.worker import CONSUMER, Kind, Worker
from jupyter_wove.kit.lifelines import Lifeline
from jupyter_wove.kit.outbox import Outbox, keep
from jupyter_wove.kit.units import Unit, Units

LEASE = timedelta(seconds=30)


class Jobs:
    """Durable jobs. Nothing runs, and the queue is not imported, before there is one to do."""

    def __init__(
        self,
        units: Units,
        outbox: Outbox,
        queue_url: str = "memory://",
        *,
        workers: int = 4,
        lease: timedelta = LEASE,
        lifeline: Lifeline | None = None,
    ) -> None:
        self._units = units
        self._watchers = Watchers()
        self._worker = Worker(units, queue_url, workers, lease, self._watchers.tell, lifeline)
        outbox.on(CONSUMER, self._heard)

    def kind(
        self,
        name: str,
        arguments: type,
        run: Callable[[JobRun, Any], msgspec.Struct | None],
        **more: Any,
    ) -> None:
        """Have jobs of this kind done by `run(job_run, arguments)`, in a thread.

        `run` may be called again after a crash, so it must be safe to repeat. `more` is what else
        a Kind may have.
        """
        self._worker.kinds.add(name, lambda: Kind(arguments, run, **more))

    def kind_later(self, name: str, load: Callable[[], Kind]) -> None:
        """Know a kind of jobs that is loaded with the first of them."""
        self._worker.kinds.add(name, load)

    def enqueue(
        self, unit: Unit, kind: str, arguments: msgspec.Struct, owner_id: UUID | None
    ) -> Job:
        """Start a job of a known kind when `unit` has been stored."""
        if not isinstance(arguments, self._worker.kinds[kind].arguments):
            raise TypeError(f"Jobs of kind {kind} are given something else.")
        row = JobRow(
            id=new_id(),
            kind=kind,
            owner_id=owner_id,
            arguments=msgspec.to_builtins(arguments),
            request_id=request_id.get(),
            created=now(),
        )
        unit.session.add(row)
        unit.session.flush()
        keep(unit.session, JobQueued(row.id, row.epoch), [CONSUMER])
        unit.has_news = True  # else it would begin up to a second later
        return store.job(row)

    def get(self, unit: Unit, job_id: UUID) -> Job | None:
        """Tell how far a job is; who may know is for the caller to say."""
        row = unit.session.get(JobRow, job_id, populate_existing=True)
        return store.job(row) if row else None

    def unfinished(self, unit: Unit, kind: str) -> int:
        """Count the jobs of a kind that wait or run."""
        return store.unfinished(unit.session, kind)

    def cancel(self, unit: Unit, job_id: UUID) -> Job:
        """Ask a job to stop; one that waits ends now, one that has ended stays as it is."""
        row = unit.session.get(JobRow, job_id, populate_existing=True, with_for_update=True)
        if row is None:
            raise NotFound("There is no such job.")
        if row.state == "queued":
            row.state, row.finished = "cancelled", now()
            self._worker.settle(unit.session, row, "cancelled")
        row.cancel_requested = True
        unit.session.flush()
        return store.job(row)

    def is_held(self, unit: Unit, job_id: UUID) -> bool:
        """Tell whether a job waits for a worker or has one, as far as its lease says."""
        row = unit.session.get(JobRow, job_id, populate_existing=True)
        if row is None or row.finished is not None:
            return False
        return row.lease_until is None or row.lease_until >= now()

    async def watch(self, job_id: UUID) -> AsyncIterator[Job]:
        """Tell how far a job is, now and at each change, until it has ended."""
        known = None
        while known is None or known.finished is None:
            with self._watchers.event(job_id) as news:
                job = await asyncio.to_thread(self._now, job_id)
                if job != known:
                    yield job
                else:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(news.wait(), 1.0)
                known = job

    def wait(self, job_id: UUID, timeout: float) -> Job:
        """Wait in this thread for the end of a job. Raises Unavailable after `timeout` seconds."""
        end = time.monotonic() + timeout
        while (job := self._now(job_id)).finished is None:
            if time.monotonic() > end:
                raise Unavailable("The job is still running. Look again later.")
            self._watchers.wait(0.5)
        return job

    def start(self) -> None:
        """Look after jobs that another process, or this one before it was ended, left behind."""
        self._worker.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Ask running jobs to give up; the next start takes them up again."""
        self._worker.stop(timeout)

    def _heard(self, event: JobQueued) -> None:
        self._worker.start()
        self._worker.add(event.job_id, event.epoch)

    def _now(self, job_id: UUID) -> Job:
        with self._units.read() as unit:
            job = self.get(unit, job_id)
        if job is None:
            raise NotFound("There is no such job.")
        return job
