"""`jupyter wove doctor --sandbox`, as administrators run it: attacks that come through fail it."""

import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

# What an engine is told that we take from it, in as many characters.
TOLD, HEARD = b'"ReadonlyRootfs": true', b'"ReadonlyRootfs":false'
PIECE = 1 << 16


@pytest.fixture
def doctor(tmp_path):
    """Run the command on an engine; return its exit status, and what it says."""

    def run(engine, *options):
        (tmp_path / "runner.py").write_text(f"c.WoveRunner.docker_url = {engine!r}\n")
        config = tmp_path / "config" / "jupyter_server_config.py"
        config.parent.mkdir()
        config.write_text(
            f"c.Wove.data_dir = {str(tmp_path / 'data')!r}\n"
            f"c.Wove.runner_config = {str(tmp_path / 'runner.py')!r}\n"
        )
        command = [Path(sys.executable).with_name("jupyter-wove"), "--root", tmp_path, *options]
        ran = subprocess.run(
            [*command, "doctor", "--sandbox"],
            env=os.environ | {"JUPYTER_CONFIG_DIR": str(config.parent), "HOME": str(tmp_path)},
            check=False,
            capture_output=True,
            text=True,
            timeout=900,
        )
        return ran.returncode, ran.stdout, ran.stderr

    return run


@pytest.fixture
def lax(docker, tmp_path):
    """Stand before the engine, and keep from it that a container may write nothing."""
    path = str(tmp_path / "lax")
    with closing(socket.socket(socket.AF_UNIX)) as door:
        door.bind(path)
        door.listen()
        threading.Thread(target=_receive, args=[door, urlsplit(docker).path], daemon=True).start()
        yield f"unix://{path}"
        door.shutdown(socket.SHUT_RDWR)


def _receive(door, engine):
    while True:
        try:
            visitor, _ = door.accept()
        except OSError:
            return
        behind = socket.socket(socket.AF_UNIX)
        behind.connect(engine)
        for ends in ((visitor, behind), (behind, visitor)):
            threading.Thread(target=_pass_on, args=ends, daemon=True).start()


def _pass_on(source, target):
    """Pass all of it on; a word may come in two pieces."""
    rest = b""
    while piece := source.recv(PIECE):
        data = (rest + piece).replace(TOLD, HEARD)
        kept = next(n for n in range(len(TOLD) - 1, -1, -1) if data.endswith(TOLD[:n]))
        target.sendall(data[: len(data) - kept])
        rest = data[len(data) - kept :]
    target.sendall(rest)
    target.shutdown(socket.SHUT_WR)


def test_where_all_attacks_are_stopped_it_is_content(docker, doctor):
    status, said, _ = doctor(docker)
    lines = said.splitlines()
    assert status == 0
    assert len([line for line in lines if line.startswith("ok ")]) > 200
    assert "-> " not in said
    warned = [number for number, line in enumerate(lines) if line.startswith("?? ")]
    assert all(lines[number + 1].startswith("     ") for number in warned)


def test_where_one_comes_through_it_fails_and_says_what_to_change(lax, doctor):
    status, said, _ = doctor(lax, "--json")
    through = {row["name"]: row for row in json.loads(said) if row["result"] == "fail"}
    assert status == 1
    assert "app: write /etc/passwd" in through
    assert all(row["advice"] for row in through.values())


def test_without_docker_it_says_so_in_a_sentence(doctor, tmp_path):
    status, said, problem = doctor(f"unix://{tmp_path}/nowhere")
    assert (status, said) == (1, "")
    assert "Docker" in problem
    assert "Traceback" not in problem
