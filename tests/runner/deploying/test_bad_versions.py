"""A bad version never reaches a visitor, and says why: by the server, the runner and Docker."""

import threading
import time

import pytest

from tests.runner.building.books import book
from tests.runner.deploying.ground import Ground
from tests.runner.deploying.left import cleared
from tests.runner.deploying.soak import settled

GOOD = "from fastapi import FastAPI\napp = FastAPI()\n"
ANSWER = "@app.get('/')\ndef read():\n    {body}\n"
SMALL = "[deploy]\nmemory_mb = 192\n"


def program(body, before=""):
    """Write an app that answers in some way, after what it does at its start."""
    return {"app.py": GOOD + before + "\n" + ANSWER.format(body=body), "wove.toml": SMALL}


BAD = {
    "500": (
        program("raise ValueError('no such table: trips')"),
        "The app answers at / with the error 500.",
        "health in wove.toml",
        "no such table: trips",
    ),
    "crash": (
        program("return 'bad'", "raise SystemExit('no such table: trips')"),
        "The app ended right after its start, with exit code 1.",
        "Its last lines say why.",
        "no such table: trips",
    ),
    "hang": (
        program("import time; time.sleep(600)"),
        "it gave no answer at / within 20 seconds.",
        "It may wait for something that it cannot reach",
        "",
    ),
    "memory": (
        program("return 'bad'", "kept = bytearray(b'1') * 800_000_000"),
        "The app used more than its 192 MB of memory and was stopped.",
        "memory_mb in wove.toml",
        "",
    ),
    "cell": (
        {"bad.ipynb": book("x = 1", "x / 0"), "wove.toml": "[deploy]\nkind = 'executed'\n"},
        "Cell 2 of bad.ipynb failed: ZeroDivisionError: division by zero",
        "Mend the cell",
        "x / 0",
    ),
}


class Visitor:
    """Somebody who asks an app again and again, and remembers every answer."""

    def __init__(self, ground, app):
        self.seen = []
        self._ground, self._app = ground, app
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._enough.set()
        self._thread.join()

    def _ask(self):
        while not self._enough.is_set():
            self.seen.append(self._ground.visit(self._app))
            time.sleep(0.02)


@pytest.fixture(scope="module")
def ground(docker, tmp_path_factory):
    made = Ground(tmp_path_factory.mktemp("bad") / "ground", docker)
    yield made
    made.close()
    cleared(made)


@pytest.fixture(scope="module")
def project(ground):
    return ground.project("Waves", program("return 'good'"))


@pytest.fixture(scope="module")
def app(ground, project):
    """An app whose good version is live."""
    made = ground.app(project)
    ground.live(made)
    return ground.ask("GET", f"apps/{made['id']}")


@pytest.mark.parametrize("how", BAD)
def test_no_visitor_sees_a_bad_version_and_it_says_why(ground, project, app, how):
    files, reason, hint, traceback = BAD[how]
    ground.write(project, files)
    with Visitor(ground, app) as visitor:
        deployment = ground.ended(ground.deploy(app))
        time.sleep(0.5)
    assert set(visitor.seen) == {(200, '"good"')}
    assert len(visitor.seen) > 20
    assert deployment["state"] == "failed"
    assert reason in deployment["reason"]
    assert hint in deployment["hint"]
    assert traceback in deployment["traceback"]
    assert deployment["cell"] == (2 if how == "cell" else None)
    seen = ground.ask("GET", f"apps/{app['id']}")
    assert (seen["state"], seen["release"]) == ("live", app["release"])
    assert settled(ground) == {}


def test_a_good_version_takes_over_from_the_one_before_the_bad(ground, project, app):
    ground.write(project, program("return 'better'"))
    ground.live(app)
    assert ground.visit(app) == (200, '"better"')
    assert settled(ground) == {}
