"""The runner of a data folder: started when it is needed, one for all, ended with its starter."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.runner import READY, LaunchedRunner, NamedRunner, Runner, Status, choose_runner

STARTER = """
import sys, time
from pathlib import Path
from jupyter_wove.runner import LaunchedRunner
runner = LaunchedRunner(Path(sys.argv[1]), sys.argv[2])
runner.find()
print(runner._process.pid, flush=True)
time.sleep(3600)
"""


@pytest.fixture
def config(tmp_path):
    """Settings of a runner without Docker."""
    config = tmp_path / "config.py"
    config.write_text("c.WoveRunner.docker_url = 'unix:///nowhere'\n")
    return str(config)


@pytest.fixture
def launched(tmp_path, config):
    """Make runners of one data folder, and end them."""
    made = []

    def make(**options):
        made.append(LaunchedRunner(tmp_path / "data", config, **options))
        return made[-1]

    yield make
    for each in made:
        each.close()


def status(runner):
    return Runner(runner.find).ask("GET", "/v1/status", Status)


def until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not (seen := holds()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return seen


def is_there(pid):
    file = Path(f"/proc/{pid}/stat")
    return file.exists() and file.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_runner_is_started_when_it_is_first_needed_and_says_what_is_missing(launched):
    runner = launched()
    assert runner.known() is None
    assert "Docker" in status(runner).problem
    assert runner.is_ours


def test_another_process_of_the_same_folder_uses_the_same_runner(launched):
    first, second = launched(), launched()
    assert first.find() == second.find()
    assert not second.is_ours


def test_a_runner_that_dies_is_started_again(launched):
    told = []
    runner = launched(started=lambda: told.append(True))
    runner.find()
    until(lambda: told)
    time.sleep(1.1)  # one that dies at once would die again
    os.kill(runner._process.pid, signal.SIGKILL)
    until(lambda: runner.known() is None)
    assert status(runner)
    until(lambda: len(told) == 2)


def test_a_runner_that_does_not_start_again_at_once_is_tried_again(
    launched, config, tmp_path, monkeypatch
):
    monkeypatch.setattr("jupyter_wove.runner.launching.LONGEST_PAUSE", 1.0)
    runner = launched()
    runner.find()
    until(lambda: runner._worked)
    works = Path(config).read_text()
    Path(config).write_text("nothing that Python reads")
    os.kill(runner._process.pid, signal.SIGKILL)
    log = tmp_path / "data" / "runner" / "log"
    until(lambda: "SyntaxError" in log.read_text())
    Path(config).write_text(works)
    until(runner.known)


def test_a_runner_ends_with_whoever_started_it(launched, tmp_path, config):
    command = [sys.executable, "-c", STARTER, str(tmp_path / "data"), config]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as starter:
        pid = int(starter.stdout.readline())
        starter.kill()
    until(lambda: not is_there(pid))
    assert status(launched())


def test_a_runner_inherits_no_secret(launched, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "s3cret")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "s3cret")
    monkeypatch.setenv("JUPYTER_TOKEN", "s3cret")
    runner = launched()
    runner.find()
    environment = Path(f"/proc/{runner._process.pid}/environ").read_bytes()
    assert b"s3cret" not in environment
    assert b"PATH=" in environment


def test_its_socket_is_short_and_in_a_folder_of_its_owner(launched, tmp_path):
    assert len(str(LaunchedRunner(tmp_path / ("deep/" * 40) / "data").socket)) < 100
    runner = launched()
    folder = Path(runner.find()).parent
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IRWXU
    runner.close()
    assert not folder.exists()


def test_a_folder_that_others_may_enter_is_not_trusted(tmp_path):
    runner = LaunchedRunner(tmp_path)
    runner.socket.parent.symlink_to(tmp_path)
    try:
        with pytest.raises(Unavailable, match="somebody else"):
            runner.find()
    finally:
        runner.socket.parent.unlink()


def test_what_does_not_start_says_why(tmp_path):
    config = tmp_path / "config.py"
    config.write_text("raise SystemExit('the settings are wrong')\n")
    runner = LaunchedRunner(tmp_path / "data", str(config))
    with pytest.raises(Unavailable, match="the settings are wrong"):
        runner.find()


def test_a_runner_that_is_a_service_is_found_by_its_name(tmp_path):
    runner = choose_runner(tmp_path, str(tmp_path / "socket"))
    assert isinstance(runner, NamedRunner)
    with pytest.raises(Unavailable, match="runner_socket"):
        runner.find()


@pytest.fixture
def near(tmp_path, monkeypatch):
    """Something listens where Docker would."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as engine:
        engine.bind(str(tmp_path / "docker"))
        engine.listen()
        monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path / 'docker'}")
        yield engine


def test_a_runner_is_started_ahead_where_docker_is(launched, near):
    runner = launched()
    runner.begin()
    assert runner.known()


def test_a_runner_is_not_started_ahead_where_no_docker_is(launched, monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere")
    runner = launched()
    runner.begin()
    assert runner.known() is None


def test_a_runner_is_not_started_ahead_again_where_all_is_ready(launched, near):
    runner = launched()
    runner.folder.mkdir(parents=True)
    (runner.folder / READY).touch()
    runner.begin()
    assert runner.known() is None
