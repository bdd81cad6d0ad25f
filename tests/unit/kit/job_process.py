"""A process that does jobs, for tests that end it badly: `job_process.py URL FOLDER QUEUE`.

Where the folder holds one named `processes`, its lease is long, and others may know that it ended.
"""

import sys
import time
from datetime import timedelta
from pathlib import Path

import msgspec

from jupyter_wove.kit.database import Database
from jupyter_wove.kit.errors import Cancelled
from jupyter_wove.kit.events import Event, Listeners
from jupyter_wove.kit.jobs import JobRun, Jobs
from jupyter_wove.kit.lifelines import Lifeline
from jupyter_wove.kit.outbox import Outbox
from jupyter_wove.kit.units import Units

LEASE = timedelta(seconds=1)
LONG = timedelta(seconds=120)


class Nothing(msgspec.Struct):
    pass


class Made(msgspec.Struct):
    by: str


class Attempted(Event, frozen=True):
    """What the job leaves in the database."""

    attempt: int


class Attempts:
    """A job that says in `folder` that it runs, and waits there for `go` before it writes."""

    def __init__(self, units: Units, folder: Path) -> None:
        self.units = units
        self.folder = folder

    def run(self, run: JobRun, arguments: Nothing) -> None:
        run.progress(1, 2, "Waiting")
        (self.folder / f"running-{run.attempt}").touch()
        while not (self.folder / "go").exists():
            if run.reason in {"cancelled", "stopping"}:
                run.check()
            time.sleep(0.02)
        try:
            # As a service would: it does not know that it is called by a job.
            with self.units.write() as unit:
                unit.emit(Attempted(run.attempt))
        except Cancelled as error:
            (self.folder / f"refused-{run.attempt}").write_text(str(error))
            raise

    def found(self, job_id: object, arguments: Nothing) -> Made | None:
        made = self.folder / "made"
        return Made(made.read_text()) if made.exists() else None


def wait_for(path: Path, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > end:
            raise RuntimeError(f"{path.name} did not come.")
        time.sleep(0.02)


def opened(
    url: str, folder: Path, queue_url: str = "memory://"
) -> tuple[Database, Outbox, Units, Jobs]:
    database, listeners = Database(url), Listeners()
    listeners.consumer("nobody", Attempted)
    outbox = Outbox(database)
    units = Units(database, listeners, outbox.wake)
    known = folder / "processes"
    lease, lifeline = (LONG, Lifeline(known)) if known.exists() else (LEASE, None)
    jobs = Jobs(units, outbox, queue_url, lease=lease, lifeline=lifeline)
    attempts = Attempts(units, folder)
    jobs.kind("attempt", Nothing, attempts.run, found=attempts.found)
    return database, outbox, units, jobs


if __name__ == "__main__":
    _, outbox, _, jobs = opened(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
    jobs.start()
    outbox.start()
    time.sleep(60)
