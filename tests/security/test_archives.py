"""No archive that is uploaded leaves its folder, exhausts the machine or brings what runs."""

import re
from pathlib import Path

import pytest

from tests.corpora.archives import HOSTILE, tar_of, zip_of

LARGEST_GROWTH = 96 * 1024  # kibibytes of memory at the peak, above what was there
OBEYED = [
    (".git/config", b"[core]\n\tfsmonitor = touch /tmp/obeyed\n"),
    (".git/hooks/pre-commit", b"#!/bin/sh\ntouch /tmp/obeyed\n"),
    ("sub/.git/config", b"[core]\n\tfsmonitor = touch /tmp/obeyed\n"),
    (".jupyter/jupyter_server_config.py", b"raise SystemExit"),
    (".ipython/profile_default/startup/00.py", b"raise SystemExit"),
]


@pytest.fixture(scope="module", autouse=True)
def warmed_up(server, tmp_path_factory):
    """Import something good first, so that the memory it takes is there already."""
    assert _import(server, zip_of(("good.txt", b"good")), tmp_path_factory.mktemp("a"))["result"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_makes_no_project_and_says_why(server, tmp_path, name):
    before, memory = _everything(server), _peak(server)
    refusal = _import(server, HOSTILE[name], tmp_path)["problem"]
    assert 400 <= refusal["status"] < 500, refusal
    assert re.fullmatch(r"['A-Z].{15,}[.!]", refusal["detail"]), refusal
    assert str(server.folder) not in refusal["detail"]
    assert _everything(server) == before
    assert _peak(server) - memory < LARGEST_GROWTH


@pytest.mark.parametrize("build", [zip_of, tar_of])
def test_what_git_and_jupyter_would_obey_is_left_out_of_an_archive(server, tmp_path, build):
    members = [*OBEYED, ("README.md", b"# Good"), ("sub/data.csv", b"1,2")]
    made = _import(server, build(*members), tmp_path)["result"]
    folder = server.root / made["folder"]
    files = server.api("GET", f"projects/{made['project_id']}/files").json
    assert {each["path"] for each in files} == {"README.md", "sub/data.csv"}
    assert not (folder / ".git" / "hooks" / "pre-commit").exists()
    assert "fsmonitor" not in (folder / ".git" / "config").read_text()
    assert {path.name for path in folder.iterdir()} == {".git", "README.md", "sub"}
    assert not (folder / "sub" / ".git").exists()


def _import(server, build, folder):
    """Upload an archive, and wait until it is a project or was refused."""
    build(folder / "archive")
    content = (folder / "archive").read_bytes()
    answer = server.api("POST", "imports/archive", content, query={"title": "Archive"})
    if answer.status != 202:
        return {"problem": answer.json, "result": None}
    return server.wait_for_job(answer.json["id"])


def _everything(server):
    """List what projects and folders there are."""
    listed = server.api("GET", "projects", query={"limit": 100}).json["items"]
    projects = {each["id"] for each in listed}
    folders = set(server.root.glob("*")) | set(server.root.glob(".wove/new/*"))
    uploads = set((server.data / "uploads").glob("*")) | set((server.folder / "uploads").glob("*"))
    beside = set(server.folder.iterdir()) | set(Path("/tmp").glob("escaped*"))
    return projects, folders, uploads, beside


def _peak(server) -> int:
    """Read the largest memory that the process ever had, in kibibytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1])
