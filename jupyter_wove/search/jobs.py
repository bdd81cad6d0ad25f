"""What is done with the index in the background: filling it, and making it anew."""

import logging
from collections.abc import Callable
from uuid import UUID

import msgspec
from sqlalchemy import select

from jupyter_wove.kit.errors import StorageFull, Unavailable
from jupyter_wove.kit.jobs import Job, JobRun, Jobs
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectRow
from jupyter_wove.search.indexing import Indexer, Tell

FILL, REBUILD = "search.fill", "search.rebuild"

log = logging.getLogger(__name__)


class Everything(msgspec.Struct):
    """What such a job is about: all projects."""


class Indexed(msgspec.Struct):
    """How many projects were indexed."""

    projects: int


class IndexJobs:
    """The long work on the index."""

    def __init__(self, units: Units, indexer: Indexer, jobs: Jobs) -> None:
        self.units = units
        self.indexer = indexer
        self.jobs = jobs
        jobs.kind(FILL, Everything, _telling(indexer.mend))
        jobs.kind(REBUILD, Everything, _telling(indexer.rebuild))

    def begin(self) -> Job | None:
        """Start to fill an index that is missing, or was made for another schema of the index.

        A job that was interrupted goes on where it was: what is indexed already is right.
        """
        if not self.indexer.is_new():
            return None
        try:
            return self._start(FILL, None) if self._has_projects() else None
        except (StorageFull, Unavailable) as error:  # Wove opens all the same; it is mended daily
            log.warning("The search index is not filled yet: %s", error)
            return None

    def rebuild(self, owner_id: UUID) -> Job:
        """Start to make the index anew; the one in use answers meanwhile."""
        return self._start(REBUILD, owner_id)

    def _has_projects(self) -> bool:
        with self.units.read() as unit:
            return unit.session.scalar(select(ProjectRow.id).limit(1)) is not None

    def _start(self, kind: str, owner_id: UUID | None) -> Job:
        with self.units.write() as unit:
            return self.jobs.enqueue(unit, kind, Everything(), owner_id)


def _telling(index: Callable[[Tell], int]) -> Callable[[JobRun, Everything], Indexed]:
    """Have the job say how far it is, and stop between two projects where it should."""

    def run_telling(run: JobRun, arguments: Everything) -> Indexed:
        def tell(done: int, total: int) -> None:
            run.progress(done, total, "Indexing projects")
            run.check()

        return Indexed(index(tell))

    return run_telling
