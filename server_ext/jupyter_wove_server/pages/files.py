"""A file of a project on a page of its own, which is sandboxed: it has no origin, no script."""

from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup

from jupyter_wove.projects import Project
from jupyter_wove_server.base import policy
from jupyter_wove_server.pages.page import LINKS, Page
from jupyter_wove_server.pages.press import Press
from jupyter_wove_server.pages.project import current, find
from jupyter_wove_server.pages.reading import Reader, pictures
from jupyter_wove_server.pages.rendering import LARGEST, rendered, too_large

if TYPE_CHECKING:
    from jupyter_wove.app import Call


class Opened(msgspec.Struct):
    """A file, rendered."""

    project: Project
    version: str
    html: Markup


class FilePage(Page):
    """A notebook, a text, a picture.

    It is the document itself that is sandboxed, not a frame in it: so it prints, can be searched,
    and a link to a cell of it leads there.
    """

    route = "/wove/@{handle}/{slug}/files/{path}"
    csp = (
        f"sandbox {LINKS}; default-src 'none'; img-src data:; style-src 'self';"
        " style-src-attr 'unsafe-inline'; form-action 'none'; frame-ancestors 'self';"
        " base-uri 'none'"
    )
    referrer = "no-referrer"

    def initialize(self, press: Press) -> None:
        """Share one press among all."""
        self.press = press

    @policy("projects:read")
    async def get(self, handle: str, slug: str, path: str) -> None:
        """Show a file as it is, or as it was in a version."""
        version, actor, serving = self.asked("version", 100), self.actor, self.serving

        def work() -> Opened:
            with serving.wove.call(actor, writes=False) as call:
                return opened(self.press, call, find(call, handle, slug), path, version)

        file = await self.press.run(work)
        self.show("file.html", file=file, project=file.project, path=path, version=version)


def opened(press: Press, call: "Call", project: Project, path: str, version: str) -> Opened:
    """Read and render a file, as far as whoever asks may see it."""
    seen = version or current(call, project)
    reader = Reader(call, project, seen)
    content = reader.read(path, LARGEST)
    if content is None:
        return Opened(project, seen, too_large())

    def make() -> Markup:
        return rendered(path, content, pictures(reader, path))

    # The version belongs to the name for the sake of the pictures, which are files of it too.
    return Opened(project, seen, press.once(make, str(project.id), seen, path, content))
