"""Jobs: done once by one worker at a time, whatever happens to that worker."""

import asyncio
import threading
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.correlation import caused_by, request_id
from jupyter_wove.kit.errors import Conflict, NotFound, Unavailable
from jupyter_wove.kit.events import Listeners
from jupyter_wove.kit.jobs import Jobs
from jupyter_wove.kit.jobs.tables import JobRow
from jupyter_wove.kit.units import Units

SOMEBODY = UUID(int=1)


class Sum(msgspec.Struct):
    numbers: list[int]


class Total(msgspec.Struct):
    total: int


@pytest.fixture
def jobs(units, outbox):
    jobs = Jobs(units, outbox)
    outbox.start()
    yield jobs
    outbox.stop()
    jobs.stop()


def start(units, jobs, kind, *numbers):
    with units.write() as unit:
        return jobs.enqueue(unit, kind, Sum(list(numbers)), SOMEBODY).id


def test_a_job_gives_a_result(units, jobs):
    jobs.kind("sum", Sum, lambda run, arguments: Total(sum(arguments.numbers)))
    job = jobs.wait(start(units, jobs, "sum", 1, 2, 3), 30)
    assert (job.state, job.result, job.problem) == ("succeeded", {"total": 6}, None)
    assert job.owner_id == SOMEBODY
    assert job.created <= job.finished


def test_a_job_wakes_the_outbox_and_does_not_wait_for_its_next_look(database, outbox):
    woken = threading.Event()
    units = Units(database, Listeners(), woken.set)
    jobs = Jobs(units, outbox)
    jobs.kind("nothing", Sum, lambda run, arguments: None)
    start(units, jobs, "nothing")
    assert woken.is_set()


def test_a_job_without_result_succeeds(units, jobs):
    jobs.kind("nothing", Sum, lambda run, arguments: None)
    job = jobs.wait(start(units, jobs, "nothing"), 30)
    assert (job.state, job.result) == ("succeeded", None)


def test_a_job_that_was_rolled_back_never_runs(units, jobs):
    ran = []
    jobs.kind("sum", Sum, lambda run, arguments: ran.append(arguments))
    with pytest.raises(ZeroDivisionError), units.write() as unit:
        lost = jobs.enqueue(unit, "sum", Sum([1]), SOMEBODY)
        raise ZeroDivisionError
    jobs.wait(start(units, jobs, "sum", 2), 30)
    assert ran == [Sum([2])]
    with units.read() as unit:
        assert jobs.get(unit, lost.id) is None


def test_jobs_start_in_their_order(units, outbox):
    order = []
    jobs = Jobs(units, outbox, workers=1)
    jobs.kind("note", Sum, lambda run, arguments: order.append(arguments.numbers[0]))
    outbox.start()
    started = [start(units, jobs, "note", number) for number in range(10)]
    for job_id in started:
        jobs.wait(job_id, 30)
    outbox.stop()
    jobs.stop()
    assert order == list(range(10))


def test_an_error_of_ours_is_told_as_it_is(units, jobs):
    def refuse(run, arguments):
        raise Conflict("waves is a project already.")

    jobs.kind("refuse", Sum, refuse)
    job = jobs.wait(start(units, jobs, "refuse"), 30)
    assert job.state == "failed"
    assert (job.problem.status, job.problem.detail) == (409, "waves is a project already.")


def test_any_other_error_is_told_by_its_request_only(units, jobs, caplog):
    def break_down(run, arguments):
        raise ValueError("password=hunter2")

    jobs.kind("break", Sum, break_down)
    with caused_by("r-42"):
        job_id = start(units, jobs, "break")
    job = jobs.wait(job_id, 30)
    assert (job.problem.status, job.problem.request_id) == (500, "r-42")
    assert "r-42" in job.problem.detail
    assert "hunter2" not in job.problem.detail
    assert "hunter2" in caplog.text


def test_a_job_carries_the_request_that_started_it(units, jobs):
    seen = []
    jobs.kind("look", Sum, lambda run, arguments: seen.append(request_id.get()))
    with caused_by("r-7"):
        job_id = start(units, jobs, "look")
    jobs.wait(job_id, 30)
    assert seen == ["r-7"]


def test_arguments_of_another_kind_are_refused_at_once(units, jobs):
    jobs.kind("sum", Sum, lambda run, arguments: None)
    with pytest.raises(TypeError), units.write() as unit:
        jobs.enqueue(unit, "sum", Total(1), SOMEBODY)


def test_progress_is_seen_while_it_runs(units, jobs):
    go = threading.Event()

    def count(run, arguments):
        run.progress(1, 3, "Counting")
        assert go.wait(30)
        run.progress(3, 3, "Counting")

    async def watch(job_id):
        seen = []
        async for job in jobs.watch(job_id):
            seen.append((job.state, job.done, job.total, job.note))
            if job.done == 1:
                go.set()
        return seen

    jobs.kind("count", Sum, count)
    seen = asyncio.run(watch(start(units, jobs, "count")))
    assert ("running", 1, 3, "Counting") in seen
    assert seen[-1] == ("succeeded", 3, 3, "Counting")
    assert len(set(seen)) == len(seen)


def test_a_running_job_can_be_cancelled(units, jobs):
    running = threading.Event()

    def go_on(run, arguments):
        running.set()
        while True:
            run.check()

    jobs.kind("go on", Sum, go_on)
    job_id = start(units, jobs, "go on")
    assert running.wait(30)
    with units.write() as unit:
        assert jobs.cancel(unit, job_id).state == "running"
    job = jobs.wait(job_id, 30)
    assert (job.state, job.result, job.problem) == ("cancelled", None, None)


def test_progress_said_just_after_another_is_seen_too(units, jobs):
    go = threading.Event()

    def count(run, arguments):
        run.progress(1, 3, "Counting")
        run.progress(2, 3, "Waiting")
        assert go.wait(30)

    async def watch(job_id):
        async for job in jobs.watch(job_id):
            if job.note == "Waiting":
                go.set()

    jobs.kind("count", Sum, count)
    asyncio.run(asyncio.wait_for(watch(start(units, jobs, "count")), 30))


def test_progress_can_be_said_in_the_middle_of_a_unit_of_work(units, jobs):
    def write(run, arguments):
        with run.unit():
            run.progress(1, 1, "Writing")
            run.check()

    jobs.kind("write", Sum, write)
    assert jobs.wait(start(units, jobs, "write"), 30).state == "succeeded"


def test_a_job_that_is_cancelled_while_its_worker_is_gone_does_not_run_again(units, jobs):
    ran = []
    jobs.kind("note", Sum, lambda run, arguments: ran.append(arguments))
    with units.write() as unit:
        job = jobs.enqueue(unit, "note", Sum([1]), SOMEBODY)
        row = unit.session.get(JobRow, job.id)
        row.state, row.lease_until = "running", now() - timedelta(seconds=1)
        assert jobs.cancel(unit, job.id).state == "running"
    assert jobs.wait(job.id, 30).state == "cancelled"
    assert ran == []


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(units, jobs, outbox):
    ran = []
    jobs.kind("note", Sum, lambda run, arguments: ran.append(arguments.numbers))
    with units.write() as unit:
        job = jobs.enqueue(unit, "note", Sum([1]), SOMEBODY)
        assert jobs.cancel(unit, job.id).state == "cancelled"
    jobs.wait(start(units, jobs, "note", 2), 30)
    assert ran == [[2]]


def test_cancelling_what_has_ended_changes_nothing(units, jobs):
    jobs.kind("sum", Sum, lambda run, arguments: Total(1))
    job_id = start(units, jobs, "sum")
    before = jobs.wait(job_id, 30)
    with units.write() as unit:
        assert jobs.cancel(unit, job_id) == before


def test_a_job_that_does_not_exist_is_not_found(units, jobs):
    with units.write() as unit, pytest.raises(NotFound):
        jobs.cancel(unit, new_id())
    with pytest.raises(NotFound):
        jobs.wait(new_id(), 1)


def test_waiting_for_a_job_has_an_end(units, jobs):
    go = threading.Event()
    jobs.kind("hang", Sum, lambda run, arguments: go.wait(30) and None)
    with pytest.raises(Unavailable, match="still running"):
        jobs.wait(start(units, jobs, "hang"), 0.1)
    go.set()


def test_a_job_that_the_stopping_server_interrupts_is_taken_up_again(units, outbox, database):
    running, attempts = threading.Event(), []

    def go_on(run, arguments):
        attempts.append(run.attempt)
        running.set()
        while len(attempts) == 1:
            run.check()

    first = Jobs(units, outbox)
    first.kind("go on", Sum, go_on)
    outbox.start()
    job_id = start(units, first, "go on")
    assert running.wait(30)
    outbox.stop()
    first.stop()
    second = Jobs(units, outbox)
    second.kind("go on", Sum, go_on)
    second.start()
    assert second.wait(job_id, 30).state == "succeeded"
    assert attempts == [1, 1]
    second.stop()


def test_the_queue_is_not_imported_before_there_is_a_job(run_python):
    run_python(
        """
        import sys
        import jupyter_wove.kit.jobs
        assert not {"docket", "redis", "alembic"} & set(sys.modules)
        """
    )
