"""While nobody builds, the usual environments are made ready; whoever builds goes first."""

import asyncio
import contextlib
import time

import pytest
from jupyter_wove_runner.building import ahead, stacks

from jupyter_wove.runner import READY, Line, Stage

FUNCTION = "def handler(event, context):\n    return 'hello'"
PAGE = {"index.html": "<h1>Waves"}


@pytest.fixture
def keep(runner, monkeypatch):
    """Have environments made ready, of these packages alone, for the time of a block."""

    @contextlib.contextmanager
    def kept(packages, rest=0.0):
        for name in list(stacks.STACKS):
            monkeypatch.delitem(stacks.STACKS, name)
        monkeypatch.setitem(stacks.STACKS, "usual", packages)
        monkeypatch.setattr(ahead, "REST", rest)
        work = asyncio.run_coroutine_threadsafe(runner.builds.ahead.keep(), runner.loop)
        try:
            yield runner.builds.ahead
        finally:
            work.cancel()
            until(lambda: not runner.left())
            (runner.folder / "stacks" / "usual.json").unlink(missing_ok=True)
            (runner.folder / READY).unlink(missing_ok=True)

    return kept


def until(holds, seconds=240):
    end = time.monotonic() + seconds
    while not (seen := holds()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return seen


def ready(runner):
    return runner.run(stacks.Stacks(runner.here.engine, runner.folder / "stacks").ready())


def test_what_is_usual_is_made_ready_without_anybody_asking(runner, keep):
    with keep(["awslambdaric"]):
        until(lambda: ready(runner) == ["usual"])
        until((runner.folder / READY).exists)  # no runner has to be started for it again
        outcome = runner.build({"handler.py": FUNCTION})
        assert "installing" not in outcome.stages
        assert "which is ready" in outcome.log


def test_a_build_that_wants_something_else_ends_it(runner, keep):
    # More than can be installed before the build comes.
    with keep(["pandas", "matplotlib", "scipy", "bokeh"]) as working:
        until(lambda: working.packages)
        moment = time.time_ns() % 100_000
        wish = {"main.py": "import fastapi\napp = fastapi.FastAPI()"}
        wish["requirements.txt"] = f"fastapi<{100 + moment}\nuvicorn"
        order = runner.order(wish)
        for message in runner.client.follow("/v1/builds", order):
            if message == Stage("locking"):
                break
        assert working.packages == []
        assert ready(runner) == []


def test_a_build_that_wants_just_that_waits_for_it_and_says_so(runner, keep):
    with keep(["awslambdaric", "msgspec"]) as working:
        until(lambda: working.packages)
        outcome = runner.build({"handler.py": FUNCTION})
        said = "The environment 'usual' is being made ready: this waits for it."
        assert Line("wove", said) in outcome.messages
        assert outcome.stages == ["installing", "building"]


def test_plain_pages_wait_for_nobody(runner, keep):
    with keep(["awslambdaric", "attrs"]) as working:
        until(lambda: working.packages)
        assert runner.build(PAGE).built.site
        until(lambda: ready(runner) == ["usual"])


def test_nothing_is_made_ready_where_an_administrator_does_not_want_it(runner, keep, monkeypatch):
    monkeypatch.setattr(runner.here.settings, "prepare", False)
    with keep(["awslambdaric"]):
        until((runner.folder / READY).exists)
        assert ready(runner) == []
