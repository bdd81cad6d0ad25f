"""Jobs whose queue is in Redis: seen from every process, and lost with none."""

import subprocess
import sys
import time

import pytest
from sqlalchemy import select

from jupyter_wove.kit.outbox import OutboxRow
from tests.services import Redis
from tests.unit.kit import job_process
from tests.unit.kit.job_process import Nothing, opened, wait_for

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


@pytest.fixture
def server(tmp_path):
    folder = tmp_path / "redis"
    folder.mkdir()
    server = Redis(folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def here(server, database_url, tmp_path):
    """This process, which starts no worker before it hears of a job."""
    database, outbox, units, jobs = opened(database_url, tmp_path, server.url)
    yield database, outbox, units, jobs
    outbox.stop()
    jobs.stop()
    database.close()


@pytest.fixture
def process(server, database_url, tmp_path):
    """Another process, with the same database and the same queue."""
    words = [job_process.__file__, database_url, str(tmp_path), server.url]
    with subprocess.Popen([sys.executable, *words]) as process:
        yield process
        process.kill()


def enqueue(units, jobs):
    with units.write() as unit:
        return jobs.enqueue(unit, "attempt", Nothing(), None).id


def written(database):
    query = select(OutboxRow).where(OutboxRow.consumer == "nobody")
    with database.read() as session:
        return [row.payload["attempt"] for row in session.scalars(query)]


def now(units, jobs, job_id):
    with units.read() as unit:
        return jobs.get(unit, job_id)


def test_a_job_is_done_elsewhere_and_its_progress_is_seen_here(here, process, tmp_path):
    database, _, units, jobs = here
    job_id = enqueue(units, jobs)
    wait_for(tmp_path / "running-1")
    until = time.monotonic() + 30
    while now(units, jobs, job_id).done == 0 and time.monotonic() < until:
        time.sleep(0.05)
    seen = now(units, jobs, job_id)
    assert (seen.state, seen.done, seen.total, seen.note) == ("running", 1, 2, "Waiting")
    (tmp_path / "go").touch()
    assert jobs.wait(job_id, 30).state == "succeeded"
    assert written(database) == [1]


def test_a_job_that_is_done_elsewhere_is_cancelled_from_here(here, process, tmp_path):
    database, _, units, jobs = here
    job_id = enqueue(units, jobs)
    wait_for(tmp_path / "running-1")
    with units.write() as unit:
        jobs.cancel(unit, job_id)
    assert jobs.wait(job_id, 30).state == "cancelled"
    assert written(database) == []


def test_a_job_whose_worker_was_killed_is_done_by_another(here, process, tmp_path):
    database, _, units, jobs = here
    job_id = enqueue(units, jobs)
    wait_for(tmp_path / "running-1")
    process.kill()
    (tmp_path / "go").touch()
    jobs.start()
    assert jobs.wait(job_id, 30).state == "succeeded"
    assert written(database) == [2]


def test_a_redis_that_forgets_everything_loses_no_job(here, server, tmp_path):
    database, outbox, units, jobs = here
    (tmp_path / "go").touch()
    outbox.start()
    assert jobs.wait(enqueue(units, jobs), 30).state == "succeeded"
    server.stop()
    job_id = enqueue(units, jobs)
    time.sleep(1)
    assert now(units, jobs, job_id).state == "queued"
    server.start()
    # The client, the worker and the outbox each wait a while before they try again.
    assert jobs.wait(job_id, 120).state == "succeeded"
    assert written(database) == [1, 1]
