"""What is really there after a crash, compared with what people were told."""

import os
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from jupyter_wove.app import Wove
from jupyter_wove.kit.jobs.worker import ATTEMPTS
from jupyter_wove.kit.outbox import LEASE
from tests.reliability.journal import Journal
from tests.reliability.server import Server

DAY = 24 * 3600


class Truth:
    """Everything that the people of a server can see, read through its door."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.names = list(server.tokens)

    def registers_hold(self, journal: Journal) -> list[str]:
        """Compare each value that is in doubt after a crash, and settle it; name what is wrong."""
        return [
            wrong
            for name, register in list(journal.doubtful().items())
            if (wrong := self._settled(*name, register))
        ]

    def every_register_holds(self, journal: Journal) -> list[str]:
        """Compare every value."""
        return [
            wrong
            for name, register in list(journal.registers.items())
            if (wrong := self._settled(*name, register))
        ]

    def projects(self, name: str) -> list[dict]:
        """List what somebody owns, the bin included."""
        everything = [
            *self.pages("projects", name, limit=100),
            *self.pages("projects", name, limit=100, deleted="true"),
        ]
        return [each for each in everything if each["owner"]["handle"] == name.lower()]

    def pages(self, path: str, name: str, **query) -> list[dict]:
        """Read all pages of a list."""
        items, after = [], None
        while True:
            asked = query | ({"after": after} if after else {})
            answer = self.server.api("GET", path, name=name, query=asked)
            assert answer.status == 200, (path, answer)
            items += answer.json["items"]
            after = answer.json["next"]
            if not after:
                return items

    def _settled(self, kind: str, name: str, register) -> str | None:
        value = getattr(self, f"_{kind}")(name)
        if not register.allows(value):
            return f"{kind} of {name} is {value!r}, not {register}"
        register.settle(value)
        return None

    def _bio(self, name: str) -> str:
        return self.server.api("GET", "me", name=name).json["bio"]

    def _project(self, project: str) -> dict | None:
        seen = [self.server.api("GET", f"projects/{project}", name=each) for each in self.names]
        found = [answer.json for answer in seen if answer.status == 200]
        owned = [each for each in found if each["role"] == "owner"]
        return owned[0] if owned else self._binned(project)

    def _binned(self, project: str) -> dict | None:
        for name in self.names:
            for each in self.pages("projects", name, limit=100, deleted="true"):
                if each["id"] == project and each["role"] == "owner":
                    return each
        return None

    def _description(self, project: str):
        return self._project(project)["description"]

    def _visibility(self, project: str):
        return self._project(project)["visibility"]

    def _deleted(self, project: str) -> bool:
        return self._project(project)["deleted"] is not None

    def _star(self, name: str):
        person, project = name.split()
        card = self.server.api("GET", f"gallery/{project}", name=person)
        return card.json["starred"] if card.status == 200 else NOT_SHOWN

    def _role(self, project: str):
        owner = self._project(project)["owner"]["name"]
        members = self.server.api("GET", f"projects/{project}/members", name=owner)
        if members.status != 200:
            return NOT_SHOWN
        others = [each["role"] for each in members.json if each["person"]["name"] != owner]
        return others[0] if others else None


class Anything:
    """Equal to every value: what cannot be seen while a project is in the bin."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None


NOT_SHOWN = Anything()


def wrong_projects(truth: Truth, journal: Journal) -> list[str]:
    """Name the projects that were lost, or made twice, or that nobody asked for."""
    found = [each for name in truth.names for each in truth.projects(name)]
    titles = Counter(each["title"] for each in found)
    ids = {each["id"]: each["title"] for each in found}
    asked = journal.made["project"].keys() | journal.made["job"].keys()
    made = journal.acknowledged("project")
    return [
        *(f"{title} was made {many} times" for title, many in titles.items() if many > 1),
        *(f"nobody asked for {title}" for title in titles if title not in asked),
        *(f"{title} was lost" for title, id_ in made.items() if ids.get(id_) != title),
    ]


def wrong_jobs(truth: Truth, journal: Journal) -> list[str]:
    """Name the jobs that did not come to their end, or not to what they were asked for."""
    wrong = []
    jobs = {
        title: truth.server.wait_for_job(id_, name=_who(truth, title))
        for title, id_ in journal.acknowledged("job").items()
    }
    ids = {each["id"]: each["title"] for name in truth.names for each in truth.projects(name)}
    for title, job in jobs.items():
        made = ids.get(job["id"])
        if job["state"] == "succeeded" and made != title:
            wrong.append(f"{title} is said to be done, but is not there: {job}")
        elif job["state"] == "failed" and not _gave_up(job):
            wrong.append(f"{title} failed: {job}")
        elif job["state"] == "failed" and made:
            wrong.append(f"{title} is said to have failed, but is there: {job}")
    return wrong


def _who(truth: Truth, name: str) -> str:
    return next(each for each in truth.names if name.startswith(each))


def _gave_up(job: dict) -> bool:
    """Tell whether a job was rightly given up: too many kills, or nothing to remix any more.

    For some seconds, what a killed process has locked looks as if git were at work there.
    """
    said = job["problem"]["detail"]
    gone = job["problem"]["status"] in {403, 404} or "bin" in said or "moved" in said
    return gone or f"interrupted {ATTEMPTS} times" in said or "git is at work" in said


def wrong_versions(truth: Truth, journal: Journal) -> list[str]:
    """Name the saved versions that were lost, or are there twice."""
    saved: dict[str, dict[str, str]] = {}
    for name, version in journal.acknowledged("version").items():
        project, message = name.split()
        saved.setdefault(project, {})[message] = version
    wrong = []
    for project, versions in saved.items():
        wrong += _wrong_versions_of(truth, project, versions)
    return wrong


def _wrong_versions_of(truth: Truth, project: str, versions: dict[str, str]) -> list[str]:
    owner = _who(truth, next(iter(versions)))
    if truth._deleted(project):
        truth.server.api("POST", f"projects/{project}/undelete", name=owner)
    found = truth.pages(f"projects/{project}/versions", owner, kind="named", limit=100)
    messages = Counter(each["message"] for each in found)
    ids = {each["id"] for each in found}
    return [
        *(f"version {message} was lost" for message in versions if versions[message] not in ids),
        *(
            f"version {each} is there {many} times"
            for each, many in messages.items()
            if many > 1 and each in versions
        ),
    ]


def wrong_repositories(root: Path) -> list[str]:
    """Name what git finds wrong in any project, in the bin too."""
    folders = [path.parent for path in root.rglob(".git") if path.is_dir()]
    assert folders
    return [f"{folder}: {said}" for folder in folders if (said := _fsck(folder))]


def _fsck(folder: Path) -> str:
    command = ["git", "-C", str(folder), "fsck", "--full", "--strict", "--no-dangling"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""


def wrong_sqlite(data: Path) -> list[str]:
    """Name what SQLite finds wrong in any file below a folder."""
    return [wrong for file in data.rglob("*.db") for wrong in _wrong_sqlite(file)]


def _wrong_sqlite(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    try:
        checked = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    return [f"{file}: {each}" for each in [*checked, *broken] if each != "ok"]


def wrong_folders(server: Server) -> list[str]:
    """Name folders without a project, and projects without a folder, once all has come to rest."""
    truth = Truth(server)
    found = [each for name in truth.names for each in truth.projects(name)]
    alive = {each["folder"] for each in found if each["deleted"] is None}
    binned = {each["id"] for each in found if each["deleted"] is not None}
    folders = {path.name for path in server.root.iterdir()} - {".wove"}
    bin_ = {path.name for path in (server.root / ".wove" / "bin").glob("*")}
    return [
        *(f"{each} has no project" for each in folders - alive),
        *(f"{each} has no folder" for each in alive - folders),
        *(f"{each} lies in the bin, but is not deleted" for each in bin_ - binned),
        *(f"{each} is deleted, but not in the bin" for each in binned - bin_),
    ]


def wrong_index(server: Server) -> list[str]:
    """Name what the search index does not know, once the leases of killed processes are over."""
    with closing(Wove(server.database_url, server.data, server.root, "nobody")) as wove:
        until = time.monotonic() + LEASE.total_seconds() + 30
        while (left := sum(wove.outbox.backlog().values())) and time.monotonic() < until:
            time.sleep(0.5)
        wrong = wove.indexer.check()
    return [f"{left} events wait"] * bool(left) + [f"{each} is indexed wrong" for each in wrong]


def left_half_made(server: Server) -> list[str]:
    """Name what is still there of half made projects when all is tidied two days later."""
    staged = list(server.root.glob(".wove/new/*"))
    for folder in staged:
        os.utime(folder, (time.time() - 2 * DAY,) * 2)
    with closing(Wove(server.database_url, server.data, server.root, "nobody")) as wove:
        wove.tidy()
    return [f"{folder} was left half made" for folder in staged if folder.exists()]


def not_found(truth: Truth) -> list[str]:
    """Name the projects that their owner does not find by their title."""
    missing = []
    for name in truth.names:
        for each in truth.projects(name):
            query = {"q": each["title"], "where": "projects"}
            hits = truth.server.api("GET", "search", name=name, query=query).json["items"]
            found = each["id"] in {hit["project"]["id"] for hit in hits}
            if found != (each["deleted"] is None):
                missing.append(f"{each['title']}: found is {found}, deleted is {each['deleted']}")
    return missing
