"""However a job ends, what hangs on it is settled with it; a process that ended holds none."""

import subprocess
import sys
import time

import msgspec
import pytest

from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.events import Event
from jupyter_wove.kit.jobs import Jobs, Kind
from jupyter_wove.kit.outbox import keep
from tests.unit.kit import job_process
from tests.unit.kit.job_process import Nothing, opened, wait_for


class Settled(Event, frozen=True):
    """How a job ended, as it was told in the same transaction."""

    state: str
    problem: str


class Wish(msgspec.Struct):
    """What a job is to do."""

    fails: bool = False


def run(job_run, wish):
    if wish.fails:
        raise Conflict("It cannot be.")


def settle(session, wish, state, problem):
    keep(session, Settled(state, problem["detail"] if problem else ""), ["settled"])


@pytest.fixture
def told(outbox):
    told = []
    outbox.on("settled", lambda event: told.append((event.state, event.problem)))
    return told


@pytest.fixture
def jobs(units, outbox):
    jobs = Jobs(units, outbox)
    jobs.kind_later("wish", lambda: Kind(Wish, run, ended=settle))
    yield jobs
    outbox.stop()
    jobs.stop()


def enqueue(units, jobs, wish):
    with units.write() as unit:
        return jobs.enqueue(unit, "wish", wish, None).id


@pytest.mark.parametrize(
    ("wish", "end"),
    [(Wish(), ("succeeded", "")), (Wish(fails=True), ("failed", "It cannot be."))],
)
def test_what_hangs_on_a_job_is_settled_when_it_ends(units, outbox, jobs, told, wish, end):
    job = enqueue(units, jobs, wish)
    outbox.start()
    jobs.wait(job, 30)
    outbox.drain()
    assert told == [end]


def test_a_job_that_never_began_is_settled_when_it_is_cancelled(units, outbox, jobs, told):
    job = enqueue(units, jobs, Wish())
    with units.write() as unit:
        jobs.cancel(unit, job)
    outbox.drain()
    assert told == [("cancelled", "")]


def test_a_job_of_a_process_that_was_killed_is_done_before_its_lease_is_over(
    database_url, tmp_path
):
    (tmp_path / "processes").mkdir()
    command = [sys.executable, job_process.__file__, database_url, str(tmp_path)]
    database, outbox, units, jobs = opened(database_url, tmp_path)
    with units.write() as unit:
        job = jobs.enqueue(unit, "attempt", Nothing(), None)
    with subprocess.Popen(command) as process:
        wait_for(tmp_path / "running-1")
        with units.read() as unit:
            assert jobs.is_held(unit, job.id)
        process.kill()
    (tmp_path / "go").touch()
    since = time.monotonic()
    jobs.start()
    assert jobs.wait(job.id, 60).state == "succeeded"
    assert time.monotonic() - since < job_process.LONG.total_seconds() / 2
    outbox.stop()
    jobs.stop()
    database.close()


def test_a_job_of_a_process_that_lives_is_left_to_it(database_url, tmp_path):
    (tmp_path / "processes").mkdir()
    command = [sys.executable, job_process.__file__, database_url, str(tmp_path)]
    database, _, units, jobs = opened(database_url, tmp_path)
    with units.write() as unit:
        job = jobs.enqueue(unit, "attempt", Nothing(), None)
    with subprocess.Popen(command) as process:
        wait_for(tmp_path / "running-1")
        jobs.start()
        time.sleep(2)
        assert not (tmp_path / "running-2").exists()
        (tmp_path / "go").touch()
        assert jobs.wait(job.id, 60).state == "succeeded"
        process.kill()
    jobs.stop()
    database.close()
