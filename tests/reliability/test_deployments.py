"""Deployments survive the server that carries them out: with the real runner, and no Docker.

What is built is scanned first; the scanner of these tests takes as long as they want.
"""

import http.client
import os
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from tests.reliability.server import PAUSE, Server

SITE = {"kind": "site", "base": "none", "entry": "index.html", "site": "."}
SCANNER = """\
#!/bin/sh
for pid in $(cat {folder}/pids 2>/dev/null); do
    kill -0 $pid 2>/dev/null && echo $pid >> {folder}/overlaps
done
echo $$ >> {folder}/pids
while [ -e {folder}/hold ]; do sleep 0.05; done
"""


class Scanner:
    """A program that looks at all that is built, and takes as long as a test wants."""

    def __init__(self, folder):
        self.folder = folder
        self.hold = folder / "hold"
        folder.mkdir()
        self.program = folder / "scan"
        self.program.write_text(SCANNER.format(folder=folder))
        self.program.chmod(0o755)

    @property
    def begun(self):
        """List the processes that it ever was."""
        file = self.folder / "pids"
        return [int(pid) for pid in file.read_text().split()] if file.exists() else []

    @property
    def overlaps(self):
        """Tell whether two of them were there at once."""
        return (self.folder / "overlaps").exists()


@pytest.fixture
def scanner(tmp_path):
    return Scanner(tmp_path / "scanner")


@pytest.fixture
def server(tmp_path, scanner):
    """A server whose runner has a scanner, and no Docker."""
    config = tmp_path / "runner.py"
    config.write_text(
        "c.WoveRunner.docker_url = 'unix:///nowhere'\n"
        f"c.WoveRunner.scan = [{str(scanner.program)!r}]\n"
    )
    settings = {"Wove": {"runner_config": str(config)}}
    server = Server(tmp_path / "server", "Ann", settings=settings)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def app(server):
    """An app of a project with a page."""
    project = server.api("POST", "projects", {"title": "Waves"}).json
    (server.root / project["folder"] / "index.html").write_text("<h1>Waves</h1>")
    path = f"projects/{project['id']}/apps"
    return server.api("POST", path, {"access": "public", "plan": SITE}).json


def deploy(server, app):
    answer = server.api("POST", f"apps/{app['id']}/deployments", {}, timeout=120)
    assert answer.status == 202, answer
    return answer.json


def until(look, holds, seconds=90):
    end = time.monotonic() + seconds
    while not holds(seen := look()):
        assert time.monotonic() < end, seen
        time.sleep(PAUSE)
    return seen


def ended(server, deployment):
    path = f"deployments/{deployment['id']}"
    return until(lambda: server.api("GET", path).json, lambda each: each["ended"])


def visit(server, app):
    """Come as a visitor; tell what is there."""
    url = urlsplit(server.api("GET", f"apps/{app['id']}").json["url"])
    connection = http.client.HTTPConnection("127.0.0.1", url.port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": url.netloc})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_an_app_is_visited_and_still_is_after_its_server_was_killed(server, app):
    assert ended(server, deploy(server, app))["state"] == "live"
    status, page = visit(server, app)
    assert (status, b"<h1>Waves</h1>" in page) == (200, True)
    server.kill()
    server.start()
    until(lambda: visit(server, app), lambda seen: seen[0] == 200)


def test_a_deployment_goes_on_after_a_kill_of_the_server_and_nothing_is_built_twice_at_once(
    server, app, scanner, record_property
):
    scanner.hold.touch()
    begun = deploy(server, app)
    until(lambda: scanner.begun, bool)
    server.kill()
    server.start()
    since = time.monotonic()
    until(lambda: scanner.begun, lambda pids: len(pids) == 2)
    took = time.monotonic() - since
    scanner.hold.unlink()
    assert ended(server, begun)["state"] == "live"
    assert visit(server, app)[0] == 200
    assert not scanner.overlaps
    log = server.ask("GET", f"wove/api/deployments/{begun['id']}/log").content.decode()
    assert "This was interrupted, and begins again." in log
    record_property("told", f"a deployment went on {took:.1f} s after the start of the server")
    assert took < 30


def test_of_two_deployments_at_once_one_is_carried_out_at_a_time(server, app, scanner):
    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(lambda _: deploy(server, app), range(2)))
    states = {each["number"]: ended(server, each)["state"] for each in both}
    assert states[2] == "live"
    assert states[1] in {"cancelled", "live"}
    assert not scanner.overlaps
    assert visit(server, app)[0] == 200


def test_a_newer_deployment_ends_an_older_one_that_is_built(server, app, scanner):
    scanner.hold.touch()
    older = deploy(server, app)
    until(lambda: scanner.begun, bool)
    newer = deploy(server, app)
    until(lambda: scanner.begun, lambda pids: len(pids) == 2)
    scanner.hold.unlink()
    assert ended(server, older)["state"] == "cancelled"
    assert ended(server, newer)["state"] == "live"
    assert not scanner.overlaps


def test_cancelling_leaves_nothing_behind(server, app, scanner, record_property):
    scanner.hold.touch()
    begun = deploy(server, app)
    pid = until(lambda: scanner.begun, bool)[0]
    since = time.monotonic()
    server.api("POST", f"deployments/{begun['id']}/cancel")
    assert ended(server, begun)["state"] == "cancelled"
    took = time.monotonic() - since
    until(lambda: is_there(pid), lambda there: not there)
    record_property("told", f"a deployment was cancelled within {took:.2f} s")
    assert took < 60


def test_what_was_asked_to_stop_before_a_kill_is_not_begun_again(server, app, scanner):
    scanner.hold.touch()
    begun = deploy(server, app)
    until(lambda: scanner.begun, bool)
    server.api("POST", f"deployments/{begun['id']}/cancel")
    server.kill()
    server.start()
    assert ended(server, begun)["state"] == "cancelled"
    assert len(scanner.begun) == 1
