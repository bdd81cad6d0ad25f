"""What is done with the index in the background: filling it, and making it anew."""

import logging
from contextlib import closing
from uuid import UUID

import msgspec
from sqlalchemy import select

from jupyter_wove.kit.errors import StorageFull, Unavailable
from jupyter_wove.kit.jobs import Job, JobRun, Jobs
from jupyter_wove.kit.turns import considerate
from jupyter_wove.projects import ProjectRow
from jupyter_wove.search.engines import Index
from jupyter_wove.search.engines.choosing import EngineName, Engines
from jupyter_wove.search.indexing import Indexer
from jupyter_wove.search.meaning import READING, Meaning

FILL, REBUILD = "search.fill", "search.rebuild"
INDEXING = "Indexing projects"

log = logging.getLogger(__name__)


class Everything(msgspec.Struct):
    """What such a job is about: all projects, in the engine in use unless it names another."""

    engine: EngineName | None = None


class Indexed(msgspec.Struct):
    """How many projects were indexed."""

    projects: int


class IndexJobs:
    """The long work on the index."""

    def __init__(
        self,
        indexer: Indexer,
        jobs: Jobs,
        engines: Engines,
        meaning: Meaning | None,
    ) -> None:
        self.units = indexer.units
        self.indexer = indexer
        self.jobs = jobs
        self.engines = engines
        self.meaning = meaning
        jobs.kind(FILL, Everything, self._fill)
        jobs.kind(REBUILD, Everything, self._rebuild)

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

    def _fill(self, run: JobRun, what: Everything) -> Indexed:
        return Indexed(self.indexer.mend(considerate(run, INDEXING)))

    def _rebuild(self, run: JobRun, what: Everything) -> Indexed:
        if what.engine is not None and what.engine != self.engines.name:
            return self._rebuild_other(run, what.engine)
        return Indexed(self.indexer.rebuild(considerate(run, INDEXING)))

    def _rebuild_other(self, run: JobRun, name: EngineName) -> Indexed:
        """Have words, code and meanings ready in an engine that is not in use."""
        indices: list[Index] = [self.engines.words_of(name), self.engines.code(name)]
        meaning = self._meaning_of(name)
        indices += [meaning.engine] if meaning else []
        with closing(Indexer(self.units, self.indexer.workspaces, indices)) as indexer:
            projects = indexer.rebuild(considerate(run, INDEXING))
            if meaning:
                meaning.read(considerate(run, READING))
        return Indexed(projects)

    def _meaning_of(self, name: EngineName) -> Meaning | None:
        """Open the meanings of an engine; none where both would keep them in the same place."""
        if self.meaning is None:
            return None
        used, embedder = self.meaning.engine, self.meaning.embedder
        engine = self.engines.vectors(embedder.space, name)
        if type(engine) is type(used):
            engine.close()
            return None
        return Meaning(engine, embedder, before=used)

    def _has_projects(self) -> bool:
        with self.units.read() as unit:
            return unit.session.scalar(select(ProjectRow.id).limit(1)) is not None

    def _start(self, kind: str, what: Everything, owner_id: UUID | None = None) -> Job:
        with self.units.write() as unit:
            return self.jobs.enqueue(unit, kind, what, owner_id)
