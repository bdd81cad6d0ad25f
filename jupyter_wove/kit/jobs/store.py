"""What is asked of the rows of jobs."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from jupyter_wove.kit.columns import now
from jupyter_wove.kit.jobs.models import Job
from jupyter_wove.kit.jobs.tables import JobRow


def job(row: JobRow) -> Job:
    """Show a row to others."""
    fields = {name: getattr(row, name) for name in Job.__struct_fields__}
    return msgspec.convert(fields, Job)


def take(
    session: Session, job_id: UUID, kinds: Collection[str], until: datetime, by: str
) -> JobRow | None:
    """Lease a job that waits, or whose worker has gone; None if there is nothing to take."""
    waits = or_(
        JobRow.state == "queued", (JobRow.state == "running") & (JobRow.lease_until < now())
    )
    take = update(JobRow).where(JobRow.id == job_id, JobRow.kind.in_(kinds), waits)
    return session.scalar(
        take.values(
            state="running",
            attempt=JobRow.attempt + 1,
            epoch=JobRow.epoch + 1,
            lease_until=until,
            held_by=by,
            started=now(),
        ).returning(JobRow)
    )


def waiting(session: Session, kinds: Collection[str]) -> Sequence[tuple[UUID, int]]:
    """List id and epoch of the jobs that wait, or whose worker has gone, oldest first."""
    left = or_(JobRow.state == "queued", JobRow.lease_until < now())
    unfinished = JobRow.state.in_(["queued", "running"])
    found = select(JobRow.id, JobRow.epoch).where(unfinished, left, JobRow.kind.in_(kinds))
    return session.execute(found.order_by(JobRow.id)).all()


def unfinished(session: Session, kind: str) -> int:
    """Count the jobs of a kind that wait or run."""
    alive = JobRow.state.in_(["queued", "running"]), JobRow.kind == kind
    return session.scalar(select(func.count()).select_from(JobRow).where(*alive)) or 0


def holders(session: Session, kinds: Collection[str]) -> set[str]:
    """Name the processes that hold a job of these kinds."""
    running = JobRow.state == "running", JobRow.lease_until >= now()
    found = select(JobRow.held_by).where(*running, JobRow.kind.in_(kinds)).distinct()
    return {name for name in session.scalars(found) if name}


def let_go(session: Session, gone: Collection[str]) -> None:
    """End the leases of processes that are gone: nobody need wait for those any more."""
    held = JobRow.state == "running", JobRow.held_by.in_(gone)
    session.execute(update(JobRow).where(*held).values(lease_until=now(), held_by=None))


def change(session: Session, job_id: UUID, epoch: int, **values: Any) -> bool | None:
    """Change a job that one still holds; tell whether it was asked to stop, None if it is lost."""
    held = JobRow.id == job_id, JobRow.epoch == epoch, JobRow.state == "running"
    change = update(JobRow).where(*held).values(**values)
    return session.scalar(change.returning(JobRow.cancel_requested))


def forget_before(session: Session, moment: datetime) -> None:
    """Delete the jobs that ended before this moment."""
    session.execute(delete(JobRow).where(JobRow.finished < moment))


def ended(state: str, **values: Any) -> dict[str, Any]:
    """Say what changes in a job that ends."""
    return {"state": state, "finished": now(), "lease_until": None, **values}


def until(lease: timedelta) -> datetime:
    """Say when a lease taken now runs out."""
    return now() + lease
