"""People who work with a server without a pause, whatever happens to it."""

import io
import json
import random
import zipfile

from tests.reliability.journal import Journal
from tests.reliability.server import GONE, Answer, Server

MOST_PROJECTS = 12  # of one person, so that there is more to do than to make new ones
SELDOM = 0.3
EXPECTED = {404, 409, 412}  # the project is in the bin, or unpublished, by now


class Person:
    """One person with their projects, until the server goes away."""

    def __init__(self, server: Server, journal: Journal, name: str, other: str, seed: str) -> None:
        self.server, self.journal, self.owner, self.other = server, journal, name, other
        self.chance = random.Random(seed)
        self.seed = seed
        self.done = 0

    def work(self) -> None:
        """Work until the server goes away."""
        try:
            while True:
                self.chance.choice(self._choices())()
                self.done += 1
        except GONE:
            pass  # what was asked for last is in doubt; the journal knows

    def _choices(self):
        if not self._projects():
            return [self.create]
        more = [self.create, self.remix, self.unpack] if self._may_make_more() else []
        often = [self.change, self.save, self.write, self.publish, self.publish]
        bin_ = any(self.journal.registers["deleted", each].known for each in self._projects())
        seldom = [self.delete] if bin_ or self.chance.random() < SELDOM else []
        return [*more, *often, *seldom, self.change_bio, self.star, self.invite]

    def create(self) -> None:
        """Start a project from a template."""
        title = self._fresh("made")
        template = self.chance.choice(["empty", "analysis", "dashboard"])
        self.journal.asks_for("project", title)
        answer = self._api("POST", "projects", {"title": title, "template": template})
        self._note("project", title, answer, lambda made: made["id"])
        if answer.status == 201:
            self._begin(answer.json["id"])

    def unpack(self) -> None:
        """Make a project of an archive."""
        title = self._fresh("unpacked")
        self.journal.asks_for("job", title)
        answer = self._api("POST", "imports/archive", _archive(title), query={"title": title})
        self._note("job", title, answer, lambda job: job["id"])

    def remix(self) -> None:
        """Make a project of somebody's public one."""
        shared = self._shared()
        if not shared:
            return
        title = self._fresh("remixed")
        self.journal.asks_for("job", title)
        address = f"projects/{self.chance.choice(shared)}/remix"
        self._note(
            "job", title, self._api("POST", address, {"title": title}), lambda job: job["id"]
        )

    def change(self) -> None:
        """Change what a project's page says."""
        project, text = self._project(), self._fresh("said")
        self._set(
            "description",
            project,
            text,
            "PATCH",
            f"projects/{project}",
            {"description": text},
            headers={"If-Match": "*"},
        )

    def change_bio(self) -> None:
        """Change what one says of oneself."""
        text = self._fresh("bio")
        self.journal.begin("bio", self.owner, "")
        self._set("bio", self.owner, text, "PATCH", "me", {"bio": text})

    def write(self) -> str:
        """Save a notebook in JupyterLab, of which a snapshot is taken soon."""
        project, word = self._project(), self._fresh("word")
        found = self._api("GET", f"projects/{project}")
        if found.status == 200 and found.json["deleted"] is None:
            body = {"type": "notebook", "format": "json", "content": _notebook(word)}
            address = f"api/contents/{found.json['folder']}/work.ipynb"
            self.server.ask("PUT", address, body, name=self.owner)
        return project

    def save(self) -> None:
        """Save a version."""
        project, message = self.write(), self._fresh("version")
        name = f"{project} {message}"
        self.journal.asks_for("version", name)
        answer = self._api("POST", f"projects/{project}/versions", {"message": message})
        self._note("version", name, answer, lambda version: version["id"])

    def publish(self) -> None:
        """Publish a project, or take it back."""
        project = self._project()
        to = self.chance.choice(["public", "public", "public", "unlisted", "private"])
        verb, body = ("unpublish", None) if to == "private" else ("publish", {"visibility": to})
        self._set("visibility", project, to, "POST", f"projects/{project}/{verb}", body)

    def star(self) -> None:
        """Star somebody's project, or take the star back."""
        shared = self._shared()
        if not shared:
            return
        project, on = self.chance.choice(shared), self.chance.random() < 0.6
        name = f"{self.owner} {project}"
        self.journal.begin("star", name, value=False)
        verb = "PUT" if on else "DELETE"
        self._set("star", name, on, verb, f"projects/{project}/star")

    def invite(self) -> None:
        """Take the other person on, change their role, or let them go."""
        project = self._project()
        role = self.chance.choice(["viewer", "commenter", "editor", None])
        verb, body = ("PUT", {"role": role}) if role else ("DELETE", None)
        address = f"projects/{project}/members/{self.other.lower()}"
        self._set("role", project, role, verb, address, body)

    def delete(self) -> None:
        """Put a project into the bin, or bring it back."""
        binned = [x for x in self._projects() if self.journal.registers["deleted", x].known]
        project = self.chance.choice(binned or self._projects())
        gone = project not in binned
        verb, address = ("DELETE", "") if gone else ("POST", "/undelete")
        self._set("deleted", project, gone, verb, f"projects/{project}{address}")

    def _begin(self, project: str) -> None:
        first = {"description": "", "visibility": "private", "role": None, "deleted": False}
        for kind, value in first.items():
            self.journal.begin(kind, project, value)

    def _set(self, kind, name, value, method, path, body=None, headers=None) -> None:
        self.journal.asks_to_set(kind, name, value)
        answer = self._api(method, path, body, headers=headers)
        if answer.status < 300:
            self.journal.is_set(kind, name, value)
        else:
            self.journal.stays(kind, name, value)

    def _note(self, kind, name, answer: Answer, what) -> None:
        if answer.status < 300:
            self.journal.has(kind, name, what(answer.json))
        else:
            self.journal.refused(kind, name)

    def _api(self, method, path, body=None, **options) -> Answer:
        answer = self.server.api(method, path, body, name=self.owner, **options)
        if answer.status >= 400 and answer.status not in EXPECTED:
            self.journal.defect(f"{method} {path} {body!r:.200}: {answer}")
        return answer

    def _projects(self) -> list[str]:
        made = self.journal.acknowledged("project")
        return [made[title] for title in sorted(made) if title.startswith(self.owner)]

    def _project(self) -> str:
        return self.chance.choice(self._projects()[-MOST_PROJECTS:])

    def _shared(self) -> list[str]:
        every = sorted(self.journal.registers.items())
        return [name for (kind, name), each in every if (kind, each.known) == IS_PUBLIC]

    def _may_make_more(self) -> bool:
        return self.done < 5 or self.chance.random() < 0.3

    def _fresh(self, what: str) -> str:
        return f"{self.owner}{what}{self.seed}x{self.done}"


IS_PUBLIC = ("visibility", "public")


def _notebook(word: str):
    cell = {
        "cell_type": "code",
        "id": "only-one",
        "metadata": {},
        "source": f"{word} = 1",
        "outputs": [],
        "execution_count": None,
    }
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _archive(word: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("work.ipynb", json.dumps(_notebook(word)))
        archive.writestr("data.csv", "a,b\n1,2\n" * 1000)
    return file.getvalue()
