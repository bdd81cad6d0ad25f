"""Jobs whose process is killed or falls asleep: done again, and written once."""

import os
import signal
import subprocess
import sys

import pytest
from sqlalchemy import select

from jupyter_wove.kit.outbox import OutboxRow
from tests.unit.kit import job_process
from tests.unit.kit.job_process import Nothing, opened, wait_for


@pytest.fixture
def here(database_url, tmp_path):
    database, outbox, units, jobs = opened(database_url, tmp_path)
    yield database, units, jobs
    outbox.stop()
    jobs.stop()
    database.close()


@pytest.fixture
def process(database_url, tmp_path):
    command = [sys.executable, job_process.__file__, database_url, str(tmp_path)]
    process = subprocess.Popen(command)
    yield process
    process.kill()
    process.wait()


def enqueue(units, jobs):
    with units.write() as unit:
        return jobs.enqueue(unit, "attempt", Nothing(), None).id


def written(database):
    query = select(OutboxRow).where(OutboxRow.consumer == "nobody")
    with database.read() as session:
        return [row.payload["attempt"] for row in session.scalars(query)]


def test_a_job_whose_process_is_killed_is_done_by_another(here, process, tmp_path):
    database, units, jobs = here
    job_id = enqueue(units, jobs)
    wait_for(tmp_path / "running-1")
    process.kill()
    (tmp_path / "go").touch()
    jobs.start()
    assert jobs.wait(job_id, 30).state == "succeeded"
    assert written(database) == [2]


def test_a_worker_that_slept_past_its_lease_can_write_nothing(here, process, tmp_path):
    database, units, jobs = here
    job_id = enqueue(units, jobs)
    wait_for(tmp_path / "running-1")
    os.kill(process.pid, signal.SIGSTOP)
    jobs.start()
    wait_for(tmp_path / "running-2")
    os.kill(process.pid, signal.SIGCONT)
    (tmp_path / "go").touch()
    wait_for(tmp_path / "refused-1")
    assert jobs.wait(job_id, 30).state == "succeeded"
    assert written(database) == [2]


def test_a_worker_that_still_works_keeps_its_job(here, process, tmp_path):
    database, units, jobs = here
    job_id = enqueue(units, jobs)
    wait_for(tmp_path / "running-1")
    jobs.start()
    with pytest.raises(RuntimeError):
        wait_for(tmp_path / "running-2", 3 * job_process.LEASE.total_seconds())
    (tmp_path / "go").touch()
    assert jobs.wait(job_id, 30).state == "succeeded"
    assert written(database) == [1]


def test_a_job_that_kills_its_process_each_time_fails_in_the_end(here, database_url, tmp_path):
    database, units, jobs = here
    job_id = enqueue(units, jobs)
    interrupted_thrice(database_url, tmp_path)
    jobs.start()
    job = jobs.wait(job_id, 30)
    assert job.state == "failed"
    assert "interrupted 3 times" in job.problem.detail
    assert written(database) == []


def test_a_job_that_was_killed_when_all_was_made_is_done(here, database_url, tmp_path):
    database, units, jobs = here
    job_id = enqueue(units, jobs)
    interrupted_thrice(database_url, tmp_path)
    (tmp_path / "made").write_text("the third")
    jobs.start()
    job = jobs.wait(job_id, 30)
    assert (job.state, job.result) == ("succeeded", {"by": "the third"})
    assert written(database) == []


def interrupted_thrice(database_url, folder):
    for attempt in (1, 2, 3):
        command = [sys.executable, job_process.__file__, database_url, str(folder)]
        with subprocess.Popen(command) as process:
            wait_for(folder / f"running-{attempt}")
            process.kill()
