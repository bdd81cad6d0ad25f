"""What can be done with a job of one's own."""

from collections.abc import AsyncIterator
from uuid import UUID

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.contract import Numbered
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.kit.jobs import Job, Jobs
from jupyter_wove.kit.units import Units


class JobDesk:
    """The jobs of the person who asks; those of others do not exist for them."""

    def __init__(self, units: Units, jobs: Jobs) -> None:
        self.units = units
        self.jobs = jobs

    def get(self, actor: Actor, job_id: UUID) -> Job:
        """Tell how far a job is."""
        with self.units.read() as unit:
            return self._mine(actor, self.jobs.get(unit, job_id))

    def watch(
        self, actor: Actor, job_id: UUID, last_event_id: str | None = None
    ) -> AsyncIterator[Numbered[Job]]:
        """Tell how far a job is, each time that changes, until it has ended."""
        self.get(actor, job_id)
        return _numbered(self.jobs.watch(job_id), last_event_id)

    def cancel(self, actor: Actor, job_id: UUID) -> Job:
        """Ask a job to stop; it leaves nothing behind."""
        self.get(actor, job_id)
        with self.units.write() as unit:
            return self.jobs.cancel(unit, job_id)

    def _mine(self, actor: Actor, job: Job | None) -> Job:
        if job is None or job.owner_id != actor.id:
            raise NotFound("You have no such job.")
        return job


async def _numbered(
    jobs: AsyncIterator[Job], last_event_id: str | None
) -> AsyncIterator[Numbered[Job]]:
    """Number on from where the caller was cut off; the newest state is all that it needs."""
    number = int(last_event_id) if last_event_id and last_event_id.isdecimal() else 0
    async for job in jobs:
        number += 1
        yield Numbered(str(number), job)
