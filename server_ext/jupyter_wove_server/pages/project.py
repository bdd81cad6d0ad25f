"""The page of a project, and the star that can be put there."""

from typing import TYPE_CHECKING

import msgspec

from jupyter_wove.community import Card, Community, Lineage
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.kit.paging import Page as Items
from jupyter_wove.projects import (
    Checks,
    FileEntry,
    Project,
    ProjectCheck,
    Projects,
    Pushed,
    Version,
    Versions,
)
from jupyter_wove_server.base import policy
from jupyter_wove_server.pages.binder import on_binder
from jupyter_wove_server.pages.citing import bibtex, citation_file, plain
from jupyter_wove_server.pages.family import relatives
from jupyter_wove_server.pages.page import Page
from jupyter_wove_server.pages.reading import README, Reader, Rendered, readme

if TYPE_CHECKING:
    from jupyter_wove.app import Call

MOST_FILES = 200


class Seen(msgspec.Struct):
    """What somebody sees of a project."""

    card: Card
    version: str | None
    versions: Items[Version]
    files: list[FileEntry]
    family: Lineage
    pushed: Pushed | None = None
    ran: ProjectCheck | None = None


class ProjectPage(Page):
    """A project: what it says of itself, its files, versions and family."""

    route = "/wove/@{handle}/{slug}"

    @policy("projects:read")
    async def get(self, handle: str, slug: str) -> None:
        """Show it, as it is or as it was in a version."""
        version, history = self.asked("version", 100), self.asked("history")

        def look(call: "Call") -> tuple[Seen, Rendered | None]:
            seen = see(call, handle, slug, version, history)
            return seen, _readme(call, seen)

        seen, text = await self.call(look)
        self._show(seen, text, self.asked("version", 100), history)

    def _show(self, seen: Seen, text: Rendered | None, version: str, history: str) -> None:
        project = seen.card.project
        address = f"{self.request.protocol}://{self.request.host}{self.at.project(project)}"
        self.show(
            "project.html",
            project=project,
            card=seen.card,
            seen=seen,
            version=version,
            history=history,
            readme=text,
            files=seen.files[:MOST_FILES],
            relatives=relatives(seen.family),
            binder=on_binder(self.serving.settings.binder_url, seen.pushed),
            xsrf=self.xsrf_token.decode(),
            cite={
                "Text": plain(project, address),
                "BibTeX": bibtex(project, address),
                "CITATION.cff": citation_file(project, address),
            },
        )


class Star(Page):
    """Where stars are put and taken back, by a form."""

    route = "/wove/@{handle}/{slug}/star"

    @policy("community:write")
    async def post(self, handle: str, slug: str) -> None:
        """Put a star, or take it back, and show the project again."""
        starred = self.form().get("starred") == "yes"

        def put(call: "Call") -> Project:
            project = find(call, handle, slug)
            community: Community = call.of(Community)
            (community.star if starred else community.unstar)(call.actor, project.id)
            return project

        project = await self.call(put, writes=True)
        self.redirect(self.at.project(project), status=303)


def find(call: "Call", handle: str, slug: str) -> Project:
    """Find the project at an address."""
    projects: Projects = call.of(Projects)
    return projects.at_address(call.actor, handle, slug)


def see(call: "Call", handle: str, slug: str, version: str, history: str) -> Seen:
    """Read all that the page of a project shows."""
    project, versions = find(call, handle, slug), call.of(Versions)
    community: Community = call.of(Community)
    seen = Seen(
        community.card(call.actor, project.id),
        None,
        Items([], None),
        [],
        community.lineage(call.actor, project.id),
    )
    if project.deleted:
        return seen
    kind = "all" if history == "all" else "named"
    seen.versions = versions.history(call.actor, project.id, kind, None, 20)
    seen.version = version or current(call, project)
    seen.files = versions.files(call.actor, project.id, seen.version)
    seen.ran = _ran(call, project)
    seen.pushed = versions.pushed(call.actor, project.id)
    return seen


def _ran(call: "Call", project: Project) -> ProjectCheck | None:
    """Find what is known of whether the published version runs."""
    checks: Checks = call.of(Checks)
    known = (each for each in checks.of_project(call.actor, project.id) if each.ended)
    found = (each for each in known if each.state in {"clean", "failed"})
    return next((each for each in found if each.version == project.published_version), None)


def current(call: "Call", project: Project) -> str:
    """Name the version that somebody sees who names none: the newest, or the published one."""
    versions: Versions = call.of(Versions)
    newest = versions.history(call.actor, project.id, "all", None, 1).items
    if not newest:
        raise NotFound("Nothing has been saved in this project yet.")
    return newest[0].id


def _readme(call: "Call", seen: Seen) -> Rendered | None:
    project = seen.card.project
    names = {each.path.lower(): each.path for each in seen.files}
    path = next((names[name] for name in README if name in names), None)
    if path is None or seen.version is None:
        return None
    return readme(Reader(call, project, seen.version), path)
