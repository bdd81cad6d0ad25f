"""What differs between two versions of a project, for those who work on it."""

from typing import TYPE_CHECKING, Any

import msgspec

from jupyter_wove.kit.errors import NotFound
from jupyter_wove.projects import ChangedFile, FileDiff, Project, Version, Versions
from jupyter_wove_server.base import policy
from jupyter_wove_server.pages.page import Page
from jupyter_wove_server.pages.project import find

if TYPE_CHECKING:
    from jupyter_wove.app import Call

MOST_SHOWN = 20  # files compared on one page
WORKING = "working"


class Comparison(msgspec.Struct):
    """Two versions, the files in which they differ, and how the first of those do."""

    project: Project
    base: Version | None
    head: Version | None
    changes: list[ChangedFile]
    diffs: list[FileDiff]


class ComparePage(Page):
    """Two versions, side by side in one column."""

    route = "/wove/@{handle}/{slug}/versions/{base}..{head}"

    @policy("projects:read")
    async def get(self, handle: str, slug: str, base: str, head: str) -> None:
        """Show the files that differ; the cells and lines of as many as fit, or of one."""
        path = self.asked("path", 4096)

        def look(call: "Call") -> Comparison:
            return compare(call, find(call, handle, slug), base, head, path)

        found = await self.call(look)
        self.show("compare.html", found=found, project=found.project, ids=(base, head), path=path)


def compare(call: "Call", project: Project, base: str, head: str, path: str) -> Comparison:
    """Compare two versions, in one file or in all."""
    versions: Versions = call.of(Versions)
    changes = versions.changes(call.actor, project.id, base, head)
    wanted = [each for each in changes if path in {"", each.path}]
    if path and not wanted:
        raise NotFound(f"{path} is the same in both versions.")
    diffs = [
        versions.diff(call.actor, project.id, each.path, base, head, each.old_path)
        for each in wanted[:MOST_SHOWN]
    ]
    known = {each.id: each for each in _known(versions, call.actor, project)}
    return Comparison(project, known.get(base), known.get(head), changes, diffs)


def _known(versions: Versions, actor: Any, project: Project) -> list[Version]:
    return versions.history(actor, project.id, "all", None, 100).items
