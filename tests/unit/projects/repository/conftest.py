import os
import subprocess

import pytest

from jupyter_wove.kit.blobs import Blobs
from jupyter_wove.projects.repository import Author, Repository

ADA = Author("Ada", "ada@example.org")
ENVIRONMENT = {
    **os.environ,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    **{f"GIT_{who}_NAME": "Bob" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "bob@example.org" for who in ("AUTHOR", "COMMITTER")},
}


class Folder:
    """A project folder with the stock git command beside the repository under test."""

    def __init__(self, path, blobs):
        self.path = path
        self.blobs = blobs
        path.mkdir()

    def open(self):
        return Repository.open_or_adopt(self.path, self.blobs)

    def write(self, name, content="text\n"):
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def git(self, *words, stdin=None):
        done = subprocess.run(
            ["git", *words],
            check=False,
            input=stdin,
            cwd=self.path,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def paths(self, version):
        return [entry.path for entry in self.open().entries(version)]

    def sound(self):
        return "error" not in self.git("fsck", "--strict", "--full", "--no-dangling")


@pytest.fixture
def blobs(tmp_path):
    return Blobs(tmp_path / "blobs")


@pytest.fixture
def folder(tmp_path, blobs):
    return Folder(tmp_path / "project", blobs)


@pytest.fixture
def adopted(folder):
    folder.git("init", "-q", "-b", "main")
    folder.write("a.txt", "one\n")
    folder.git("add", "-A")
    folder.git("commit", "-q", "-m", "mine")
    return folder


@pytest.fixture
def ada():
    return ADA


@pytest.fixture
def other_folder(tmp_path, blobs):
    return Folder(tmp_path / "other", blobs)
