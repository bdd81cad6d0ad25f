"""A project with a page, and a runner that says what the test wants."""

import shutil
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from jupyter_wove.deploy import Apps, Deployments, NewApp, NewDeployment
from jupyter_wove.projects import NewProject, Projects
from jupyter_wove.runner import NamedRunner, Plan
from tests.unit.deploy.names import naming
from tests.unit.deploy.scripted import ScriptedRunner, running
from tests.unit.journey import ask, folder_of

SITE = Plan(kind="site", base="none", entry="index.html", site=".")
API = Plan(kind="asgi", entry="app.py", start=["uvicorn", "app:app"])


@pytest.fixture
def socket():
    """Where the runner listens; paths of sockets are short."""
    folder = Path(tempfile.mkdtemp(prefix="wove-"))
    yield folder / "run" / "socket"
    shutil.rmtree(folder)


@pytest.fixture
def runner(wove, socket):
    """A runner that is there, and jobs that are done."""
    with running(ScriptedRunner(), socket) as runner:
        wove.choose_runner = lambda: NamedRunner(str(socket))
        wove.start()
        yield runner
        runner.go.set()
        wove.jobs.stop()


@pytest.fixture
def project(wove, ann):
    """A project of Ann's, with a page."""
    project = ask(wove, ann, Projects.create, NewProject("Waves"))
    (folder_of(wove, project) / "index.html").write_text("<h1>Waves</h1>")
    return project


@pytest.fixture
def app(wove, ann, project, runner):
    """An app that was never deployed."""
    return ask(wove, ann, Apps.create, project.id, NewApp())


@pytest.fixture
def deploy(wove, ann, app):
    """Begin a deployment of the app."""

    def begin(version=None, plan=SITE, actor=ann):
        return ask(wove, actor, Deployments.deploy, app.id, NewDeployment(version, plan))

    return begin


@pytest.fixture
def ended(wove, ann):
    """Wait until a deployment has ended."""

    def wait(deployment, seconds=30):
        return until(
            lambda: ask(wove, ann, Deployments.get, deployment.id),
            lambda each: each.ended,
            seconds,
        )

    return wait


def until(look, holds, seconds=30):
    """Look until something holds; answer with what was seen."""
    end = time.monotonic() + seconds
    while not holds(seen := look()):
        assert time.monotonic() < end, seen
        time.sleep(0.05)
    return seen


class Proofs(BaseHTTPRequestHandler):
    """A host that shows what a test says."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.server.shown.encode())

    def log_message(self, *_):
        """Keep silent."""


@pytest.fixture
def names():
    """A server of DNS on this machine."""
    with naming() as names:
        yield names


@pytest.fixture
def proofs():
    """A web server on this machine that shows a token."""
    server = HTTPServer(("127.0.0.1", 0), Proofs)
    server.shown, server.port = "", server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
