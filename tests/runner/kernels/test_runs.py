"""Programs run once, in a sandbox of their own."""

import asyncio
import time

import pytest
from jupyter_wove_runner.containers import Engine

from jupyter_wove.runner import Line, Ran, RunOrder


@pytest.fixture
def run(runner):
    """Run a program; return its lines, and how it ended."""

    def ran(**order):
        told = runner.client().follow("/v1/runs", RunOrder(**order))
        messages = [each for each in told if each is not None]
        lines = [(each.stream, each.text) for each in messages if isinstance(each, Line)]
        assert isinstance(messages[-1], Ran)
        return lines, messages[-1]

    return ran


def test_code_runs_and_says_what_it_wrote(run):
    code = "import sys; print('one'); print('two', file=sys.stderr)"
    lines, ended = run(code=code)
    assert sorted(lines) == [("stderr", "two"), ("stdout", "one")]
    assert ended == Ran(0, "")


def test_a_command_finds_its_files(run):
    files = {"tests/test_sea.py": "import sea; print(sea.level)", "sea.py": "level = 3"}
    lines, ended = run(
        command=["python", "-c", "import runpy; runpy.run_path('tests/test_sea.py')"], files=files
    )
    assert (lines, ended.code) == ([("stdout", "3")], 0)


def test_it_may_write_where_it_runs_and_reaches_no_network(run):
    code = (
        "open('made', 'w').write('x')\nimport socket\n"
        "try: socket.create_connection(('192.0.2.1', 80), 2)\n"
        "except OSError as error: print(error.errno)"
    )
    assert run(code=code) == ([("stdout", "101")], Ran(0, ""))


def test_one_that_fails_says_how(run):
    _, ended = run(code="raise SystemExit(7)")
    assert ended == Ran(7, "It ended with the exit code 7.")


def test_one_that_takes_too_long_is_stopped(run):
    _, ended = run(code="import time; time.sleep(60)", seconds=2)
    assert ended.reason == "It was stopped after 2 seconds: that is its limit."


def test_one_that_uses_too_much_memory_is_stopped(run):
    _, ended = run(code="kept = bytearray(b'1' * 300_000_000)", memory_mb=128)
    assert ended.reason == "It used more than its 128 MB of memory and was stopped."


def test_a_file_that_leads_out_is_refused(run):
    _, ended = run(code="print(1)", files={"../out.py": ""})
    assert "leads out" in ended.reason or "'..'" in ended.reason
    assert ended.code == -1


def test_who_stops_listening_ends_it(runner):
    told = runner.client().follow("/v1/runs", RunOrder(code="import time; time.sleep(600)"))
    until = time.monotonic() + 60
    while not runner_jobs(runner):
        next(told)
        assert time.monotonic() < until
    told.close()
    while runner_jobs(runner):
        assert time.monotonic() < until
        time.sleep(0.2)


def runner_jobs(runner):
    """List the containers of programs."""
    return asyncio.run(_jobs(runner))


async def _jobs(runner):
    async with Engine(runner.docker, runner.name) as engine:
        return await engine.containers(engine.ours(job="run"))
