"""Reading what was written, for search by meaning: later, so that nobody waits for a model."""

import logging
import time

import msgspec

from jupyter_wove.kit.errors import StorageFull, Unavailable
from jupyter_wove.kit.jobs import Job, JobRun, Jobs
from jupyter_wove.kit.turns import considerate
from jupyter_wove.kit.units import Units
from jupyter_wove.search.meaning.service import Meaning

READ = "search.read"
READING = "Reading for search by meaning"
# What one job misses because it is just ending, the next one reads; more would only share it.
MOST = 2
PAUSE = 0.5  # seconds

log = logging.getLogger(__name__)


class Waiting(msgspec.Struct):
    """What such a job is about: all texts that wait."""


class Read(msgspec.Struct):
    """How many texts were read."""

    texts: int


class MeaningJobs:
    """The long work for search by meaning."""

    def __init__(self, units: Units, meaning: Meaning, jobs: Jobs) -> None:
        self.units = units
        self.meaning = meaning
        self.jobs = jobs
        jobs.kind(READ, Waiting, self._read)

    def begin(self) -> Job | None:
        """Start to read what waits, unless that goes on already."""
        try:
            return self._begin() if self.meaning.waits() else None
        except (StorageFull, Unavailable) as error:  # words are found all the same
            log.warning("What was written is not found by its meaning yet: %s", error)
            return None

    def _begin(self) -> Job | None:
        with self.units.write() as unit:
            if self.jobs.unfinished(unit, READ) >= MOST:
                return None
            return self.jobs.enqueue(unit, READ, Waiting(), None)

    def _read(self, run: JobRun, arguments: Waiting) -> Read:
        """Read until nothing waits, not even what a process took that has gone since."""
        tell = considerate(run, READING)
        texts = self.meaning.read(tell)
        while self.meaning.waits():
            run.check()
            time.sleep(PAUSE)
            texts += self.meaning.read(tell)
        return Read(texts)
