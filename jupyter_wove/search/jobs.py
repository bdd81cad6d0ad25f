"""What is done with the index in the background: filling it, and making it anew."""

import logging
from collections.abc import Callable
from uuid import UUID

import msgspec
from sqlalchemy import select

from jupyter_wove.kit.errors import StorageFull, Unavailable
from jupyter_wove.kit.jobs import Job, JobRun, Jobs
from jupyter_wove.kit.turns import stand_back
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectRow
from jupyter_wove.search.engines.choosing import EngineName, Engines
from jupyter_wove.search.indexing import Indexer, Tell

FILL, REBUILD = "search.fill", "search.rebuild"

log = logging.getLogger(__name__)


class Everything(msgspec.Struct):
    """What such a job is about: all projects, in the engine in use unless it names another."""

    engine: EngineName | None = None


class Indexed(msgspec.Struct):
    """How many projects were indexed."""

    projects: int


class IndexJobs:
    """The long work on the index."""

    def __init__(self, units: Units, indexer: Indexer, jobs: Jobs, engines: Engines) -> None:
        self.units = units
        self.indexer = indexer
        self.jobs = jobs
        self.engines = engines
        jobs.kind(FILL, Everything, _telling(lambda tell, _: indexer.mend(tell)))
        jobs.kind(REBUILD, Everything, _telling(self._rebuild))

    def begin(self) -> Job | None:
        """Start to fill an index that is missing, or was made for another schema of the index.

        A job that was interrupted goes on where it was: what is indexed already is right. An
        index that was not in use until now heard of nothing meanwhile, and is made anew.
        """
        try:
            return self._begin()
        except (StorageFull, Unavailable) as error:  # Wove opens all the same; it is mended daily
            log.warning("The search index is not filled yet: %s", error)
            return None

    def rebuild(self, owner_id: UUID, engine: EngineName | None = None) -> Job:
        """Start to make the index anew; the one in use answers meanwhile.

        With an engine that is not in use, all is ready for it to be.
        """
        return self._start(REBUILD, Everything(engine), owner_id)

    def _begin(self) -> Job | None:
        kind = self._missing()
        job = self._start(kind, Everything()) if kind and self._has_projects() else None
        self.engines.note()
        return job

    def _missing(self) -> str:
        """Name the job that is to be done before the index is right; empty where there is none."""
        if self.indexer.is_new():
            return FILL
        return REBUILD if self.engines.has_changed() else ""

    def _rebuild(self, tell: Tell, what: Everything) -> int:
        if what.engine is None or what.engine == self.engines.name:
            return self.indexer.rebuild(tell)
        words = self.engines.words_of(what.engine)
        other = Indexer(self.units, self.indexer.workspaces, [words])
        try:
            return other.rebuild(tell)
        finally:
            other.close()

    def _has_projects(self) -> bool:
        with self.units.read() as unit:
            return unit.session.scalar(select(ProjectRow.id).limit(1)) is not None

    def _start(self, kind: str, what: Everything, owner_id: UUID | None = None) -> Job:
        with self.units.write() as unit:
            return self.jobs.enqueue(unit, kind, what, owner_id)


def _telling(
    index: Callable[[Tell, Everything], int],
) -> Callable[[JobRun, Everything], Indexed]:
    """Have the job say how far it is, and stop between two projects where it should."""

    def run_telling(run: JobRun, arguments: Everything) -> Indexed:
        def tell(done: int, total: int) -> None:
            run.progress(done, total, "Indexing projects")
            run.check()
            stand_back()

        return Indexed(index(tell, arguments))

    return run_telling
