"""A full disk is said plainly, leaves nothing half done, and is forgotten once there is room."""

import io
import time
import zipfile
from shutil import copytree
from uuid import uuid4

import pytest

from tests.http.authorization.walk import BODIES, ON_A_FILE, TAKES_DOCKER, in_order, request_of
from tests.reliability.prompts import with_prompt
from tests.reliability.server import Server
from tests.reliability.tiny import TinyDisk
from tests.reliability.truth import wrong_repositories

FULL = 507
MOST_PAGES = 20
SIZE = 24  # mebibytes: what an open Wove takes, with room
# What is written where; a write that needs no room there goes through.
PLACES = ["data", "root", "uploads"]
# What is done on a file is done in its room, of which there are none here.
WRITES = [each for each in in_order() if each.writes and each.id not in ON_A_FILE]


@pytest.fixture(params=PLACES)
def disk(request, tmp_path):
    """A tiny disk that holds one of the places that a server writes to."""
    return TinyDisk(request.param, tmp_path / "tiny", SIZE)


@pytest.fixture
def server(disk, tmp_path):
    """A server with one of its folders on a tiny disk."""
    server = Server(tmp_path / "server", "Ann", "Bob", disk=disk)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def names(server):
    """What requests are about: a public project of Ann's, a prompt, Bob, a key, a job."""
    made = server.api("POST", "projects", {"title": "Waves", "template": "analysis"}).json
    server.api("GET", "me", name="Bob")
    server.api("PUT", f"projects/{made['id']}/members/bob", {"role": "viewer"})
    assert server.api("POST", f"projects/{made['id']}/publish", {}).status == 200
    key = server.api("POST", "keys", BODIES["Accounts.create_key"]).json["key"]
    job = server.api("POST", f"projects/{made['id']}/remix", {"title": "Remix"}).json
    assert server.wait_for_job(job["id"])["state"] == "succeeded"
    ids = {name: str(uuid4()) for name in ("approval_id", "memory_id", "evaluation_id")}
    names = with_prompt(server) | ids | {"digest": "0" * 64}
    names |= {"project_id": made["id"], "owner": "ann", "slug": made["slug"], "handle": "bob"}
    names |= {"app_id": str(uuid4()), "deployment_id": str(uuid4()), "host": "waves.example.org"}
    return names | {"key_id": key["id"], "job_id": job["id"], "folder": made["folder"]}


def test_a_full_disk_is_said_and_nothing_is_half_done(server, disk, names):
    _write_work(server, disk, names)
    disk.fill()
    _use_up(server)
    answers = {each.id: _send(server, each, names) for each in WRITES}
    assert FULL in answers.values(), answers
    disk.free()
    again = {each.id: _send(server, each, names) for each in WRITES}
    assert FULL not in again.values(), again
    assert list(_root(server, disk).glob(".wove/new/*")) == []
    _is_found(server, "Tides")


@pytest.mark.parametrize("disk", ["root"], indirect=True)
def test_wherever_the_room_ends_a_version_is_saved_or_refused_and_git_stays_sound(
    server, disk, names, tmp_path
):
    folder = _root(server, disk) / names["folder"]
    statuses = []
    for pages in range(MOST_PAGES):
        (folder / "deep" / str(pages)).mkdir(parents=True)
        (folder / "deep" / str(pages) / "work.txt").write_text("More")
        disk.fill(pages)
        body = {"message": f"With {pages} pages left"}
        answer = server.api("POST", f"projects/{names['project_id']}/versions", body)
        assert answer.status in {201, FULL}, (pages, answer)
        statuses.append(answer.status)
        disk.free()
    assert set(statuses) == {201, FULL}
    assert server.api("POST", f"projects/{names['project_id']}/versions", body).status == 201
    copy = copytree(folder, tmp_path / "copy")  # git loses its way in another name space
    assert wrong_repositories(copy) == []


def _use_up(server):
    """Write little things, so that nothing is left of the room that the database keeps ready."""
    for word in range(1000):
        if server.api("PATCH", "me", {"bio": f"Bio {word}"}).status == FULL:
            return


def _send(server, operation, names):
    """Send a write; tell its status, or that of its job. Where it is 507, nothing has changed."""
    path, sent = request_of(operation, **names)
    was = _state(server, names)
    body = _archive() if operation.body_kind == "upload" else sent.get("body")
    options = {"query": sent.get("params"), "headers": sent["headers"]}
    answer = server.ask(operation.method, path, body, **options)
    status = answer.status
    if status == 202:
        job = server.wait_for_job(answer.json["id"])
        status = job["problem"]["status"] if job["problem"] else 200
    elif status >= 400:
        assert answer.is_problem, answer
    without_docker = status == 503 and operation.id in TAKES_DOCKER
    assert status < 500 or status == FULL or without_docker, (operation.id, answer)
    if status == FULL:
        assert _state(server, names) == was, operation.id
    return status


def _state(server, names):
    """Read all that the requests might change."""
    project = f"projects/{names['project_id']}"
    paths = [
        "me",
        "keys",
        "projects",
        "projects?deleted=true",
        "gallery",
        "prompts",
        f"prompts/{names['prompt_id']}",
        f"prompts/{names['prompt_id']}/comments",
        f"prompts/{names['prompt_id']}/changes",
        project,
        f"{project}/members",
        f"{project}/versions",
        f"{project}/files",
        f"{project}/lineage",
        f"gallery/{names['project_id']}",
    ]
    answers = {path: server.api("GET", path) for path in paths}
    return {path: (answer.status, answer.json) for path, answer in answers.items()}


def _write_work(server, disk, names):
    """Change a file without telling Jupyter, which would take a snapshot in its own time."""
    (_root(server, disk) / names["folder"] / "work.txt").write_text("More")


def _root(server, disk):
    return disk.seen if disk.place == "root" else server.root


def _is_found(server, word):
    """Wait until the index has caught up; it asks again after some seconds."""
    until = time.monotonic() + 90
    while not server.api("GET", "search", query={"q": word}).json["items"]:
        assert time.monotonic() < until
        time.sleep(0.2)


def _archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("noise.bin", bytes(3 * 1024 * 1024))
        archive.writestr("README.md", "# Archive")
    return file.getvalue()
