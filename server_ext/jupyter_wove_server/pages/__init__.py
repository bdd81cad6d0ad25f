"""The pages that people see without JupyterLab, drawn on the server; they work without script."""

from pathlib import Path

from jupyter_wove.kit.errors import NotFound
from jupyter_wove_server.base import PUBLIC, Route, check_routes, policy
from jupyter_wove_server.pages.assets import AssetFile
from jupyter_wove_server.pages.compare import ComparePage
from jupyter_wove_server.pages.entering import EnterPage
from jupyter_wove_server.pages.files import FilePage
from jupyter_wove_server.pages.gallery import GalleryPage, PersonPage, SearchPage
from jupyter_wove_server.pages.page import Page
from jupyter_wove_server.pages.press import Press
from jupyter_wove_server.pages.project import ProjectPage, Star
from jupyter_wove_server.serving import Serving

PROJECT = r"/wove/(?:@|%40)(?P<handle>[^/]+)/(?P<slug>[^/]+)"
VERSIONS = r"(?P<base>[^/]+?)\.\.(?P<head>[^/]+)"


class NoSuchPage(Page):
    """Every other address below /wove."""

    route = "unknown page"

    @policy(PUBLIC)
    def get(self) -> None:
        """Say that there is nothing, or lead to the gallery."""
        if self.request.path == f"{self.base_url}wove":
            return self.redirect(self.at.gallery())
        raise NotFound("There is nothing at this address.")


def routes(serving: Serving) -> list[Route]:
    """List the pages. Raises TypeError for one that does not say who may use it."""
    press = Press(Path(serving.settings.data_dir) / "pages")  # keeps what it rendered
    listed: list[Route] = [
        (r"/wove/static/[0-9a-f]+/(?P<name>[\w.-]+)", AssetFile),
        (r"/wove/", GalleryPage),
        (r"/wove/search", SearchPage),
        (r"/wove/(?:@|%40)(?P<handle>[^/]+)/?", PersonPage),
        (rf"{PROJECT}/?", ProjectPage),
        (rf"{PROJECT}/star", Star),
        (rf"{PROJECT}/files/(?P<path>.+)", FilePage, {"press": press}),
        (rf"{PROJECT}/versions/{VERSIONS}", ComparePage),
        (r"/wove/apps/(?P<app_id>[0-9a-fA-F-]{36})/enter", EnterPage),
        (r"/wove(?:/.*)?", NoSuchPage),
    ]
    check_routes(listed)
    return listed
