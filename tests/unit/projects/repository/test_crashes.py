import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.projects.repository.locks import locked

TOUCHING = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"}


def killed_at(step, work):
    """Do work in a process that dies before its `step`-th touch of the disk; tell if it did."""
    child = os.fork()
    if child == 0:
        left = [step]

        def count(event, _):
            if event in TOUCHING:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def each_crash(folder, work, stride=1):
    """Kill work at its steps, each time on a fresh copy of the folder, until it gets through."""
    aside = folder.path.with_name("aside")
    shutil.copytree(folder.path, aside)
    step = 1
    while killed_at(step, work):
        yield step
        shutil.rmtree(folder.path)
        shutil.copytree(aside, folder.path)
        step += stride


def test_a_process_killed_while_saving_a_version_leaves_git_sound(folder, ada):
    folder.write("a.txt", "one\n")
    first = folder.open().save_version(ada, "one")
    folder.write("a.txt", "two\n")
    steps = []
    for step in each_crash(folder, lambda: folder.open().save_version(ada, "two")):
        steps.append(step)
        repository = folder.open()
        assert not (folder.path / ".git" / "index.lock").exists()
        assert first in [commit.id for commit in repository.history("named")]
        last = repository.save_version(ada, "three")
        assert folder.git("rev-parse", "main") == last
        assert folder.git("status", "--porcelain") == ""
        assert repository.read(last, "a.txt") == b"two\n"
        assert folder.sound()
    assert max(steps) > 20


def test_a_process_killed_while_taking_a_snapshot_leaves_git_sound(folder, ada):
    folder.write("a.txt", "one\n")
    first = folder.open().snapshot(ada, "one")
    folder.write("a.txt", "two\n")
    folder.write("model.bin", b"\0large" * 1_000_000)
    steps = []
    for step in each_crash(folder, lambda: folder.open().snapshot(ada, "two"), 2):
        steps.append(step)
        repository = folder.open()
        repository.snapshot(ada, "three")
        newest, *_, oldest = [commit.id for commit in repository.history()]
        assert oldest == first
        assert repository.read(newest, "model.bin") == b"\0large" * 1_000_000
        assert folder.sound()
    assert max(steps) > 10


def test_a_process_killed_while_making_a_repository_leaves_none_or_a_whole_one(folder, ada):
    folder.write("a.txt")
    for _ in each_crash(folder, folder.open):
        version = folder.open().save_version(ada, "one")
        assert folder.git("rev-parse", "main") == version
        assert [entry.path for entry in folder.open().entries(version)] == ["a.txt"]


def test_a_process_killed_while_restoring_loses_nothing(folder, ada):
    repository = folder.open()
    folder.write("a.txt", "one\n")
    folder.write("b.txt", "one\n")
    first = repository.save_version(ada, "one")
    folder.write("a.txt", "two\n")
    folder.write("b.txt", "two\n")
    repository.snapshot(ada, "two")
    for _ in each_crash(folder, lambda: folder.open().restore(first, None, ada, "back"), 4):
        for name in ("a.txt", "b.txt"):
            assert (folder.path / name).read_text() in {"one\n", "two\n"}
        again = folder.open()
        assert b"two\n" in {again.read(one.id, "a.txt") for one in again.history()}
        again.restore(first, None, ada, "back")
        assert (folder.path / "b.txt").read_text() == "one\n"


def test_the_lock_of_a_killed_process_is_free_at_once(folder):
    folder.open()
    own = folder.path / ".git" / "wove"
    code = (
        "import fcntl, sys, time; file = open(sys.argv[1], 'w'); fcntl.flock(file, 2); "
        "print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, own / "lock"], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Unavailable, match="busy"), locked(own, patience=0.05):
        pass
    holder.kill()
    holder.communicate()
    started = time.monotonic()
    with locked(own, patience=30):
        assert time.monotonic() - started < 30
