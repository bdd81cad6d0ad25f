"""`jupyter wove doctor --sandbox`, as administrators run it: attacks that come through fail it."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

# What an engine is told that we take from it, in as many characters.
TOLD, HEARD = b'"ReadonlyRootfs": true', b'"ReadonlyRootfs":false'
PIECE = 1 << 16
ENGINES_DIFFER = {"build: disk quota", "engine: root in a container", "engine: firewall"}


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
    """Pass all of it on until one of them has gone."""
    with source, suppress(OSError):
        for piece in _rewritten(iter(lambda: source.recv(PIECE), b"")):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


def _rewritten(pieces):
    """Say something else than was told, where that comes in two pieces too."""
    rest = b""
    for piece in pieces:
        data = (rest + piece).replace(TOLD, HEARD)
        kept = next(n for n in range(len(TOLD) - 1, -1, -1) if data.endswith(TOLD[:n]))
        rest = data[len(data) - kept :]
        yield data[: len(data) - kept]
    yield rest


def test_no_attack_comes_through(docker, doctor):
    status, said, _ = doctor(docker, "--json")
    rows = json.loads(said)
    results = Counter(row["result"] for row in rows)
    assert (status, results["fail"]) == (0, 0)
    assert results["pass"] > 200
    assert {row["name"] for row in rows if row["result"] == "warn"} <= ENGINES_DIFFER
    assert [row for row in rows if (row["result"] == "pass") == bool(row["advice"])] == []


@pytest.mark.slow
def test_where_one_comes_through_it_fails_and_says_what_to_change(lax, doctor):
    status, said, _ = doctor(lax)
    lines = said.splitlines()
    through = [number for number, line in enumerate(lines) if line.startswith("-> ")]
    assert status == 1
    assert "->  app: fill /var/tmp: 700 MB written" in lines
    assert all(lines[number + 1].startswith("     ") for number in through)


def test_without_docker_it_says_so_in_a_sentence(doctor, tmp_path):
    status, said, problem = doctor(f"unix://{tmp_path}/nowhere")
    assert (status, said) == (1, "")
    assert "Docker" in problem
    assert "Traceback" not in problem
