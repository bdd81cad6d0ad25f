"""`jupyter wove deploy` and the rest, as somebody types them: with the real runner, no Docker."""

import json
import os
import subprocess
import sys

import pytest

from tests.unit.journey import write_notebook

WOVE = [sys.executable, "-c", "from jupyter_wove.cli import main; main()"]


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    return root


@pytest.fixture
def wove(tmp_path, root):
    """Run a command on a machine without Docker; return what it printed."""
    places = {"JUPYTER_DATA_DIR": "data", "JUPYTER_CONFIG_DIR": "config"}
    places = {name: str(tmp_path / folder) for name, folder in places.items()}
    places["DOCKER_HOST"] = "unix:///nowhere"

    def run(*words, fails=False):
        command = [*WOVE, "--root", str(root), *words]
        environment = os.environ | places
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=120, check=False
        )
        assert (done.returncode != 0) == fails, done.stderr
        return done.stderr if fails else done.stdout

    return run


def test_a_notebook_becomes_a_page_and_an_earlier_release_comes_back(wove, root):
    assert "No app yet" in wove("apps")
    wove("project", "create", "Waves")
    write_notebook(root / "waves", "sea.ipynb", "amplitude = 3")
    said = wove("deploy", "waves", "--kind", "saved", "--access", "public", "--follow")
    assert "Waves is live at http://waves.localhost:" in said
    assert "Start one: jupyter lab" in said
    wove("deploy", "waves", "--kind", "saved")
    assert "(release 1)" in wove("rollback", "waves")
    assert "release 1" in wove("apps")
    assert isinstance(json.loads(wove("--json", "logs", "waves")), list)


def test_a_domain_is_added_with_the_record_that_proves_it(wove, root):
    wove("project", "create", "Waves")
    write_notebook(root / "waves", "sea.ipynb", "amplitude = 3")
    wove("deploy", "waves", "--kind", "saved")
    said = wove("domain", "add", "waves", "waves.example")
    assert "record TXT for _wove.waves.example with the text " in said
    token = json.loads(wove("--json", "domain", "list", "waves"))[0]["token"]
    assert f"TXT _wove.waves.example {token}" in wove("domain", "list", "waves")
    wove("domain", "remove", "waves", "waves.example")
    assert "No domain yet" in wove("domain", "list", "waves")


def test_without_docker_it_is_said_what_needs_it(wove, root):
    wove("project", "create", "Waves")
    write_notebook(root / "waves", "sea.ipynb", "amplitude = 3")
    assert "executed needs Docker" in wove("deploy", "waves", "--kind", "executed", fails=True)
    assert "Docker" in wove("doctor", "--sandbox", fails=True)


def test_what_cannot_be_is_said(wove, root):
    assert "does not belong to a project" in wove("deploy", "nowhere", fails=True)
    assert "You have no app waves" in wove("rollback", "waves", fails=True)
    wove("project", "create", "Waves")
    said = wove("deploy", "waves", "--kind", "function", fails=True)
    assert "handler" in said
