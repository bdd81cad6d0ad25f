"""Our routes, loaded behind the scenes once the server runs, or when the first request wants them.

All of Wove takes a third of a second to import, which nobody who opens JupyterLab should wait for.
The pages are loaded with the first that is asked for: many servers never show one.
"""

import importlib
from collections.abc import Callable
from typing import Any

from jupyter_server.utils import url_path_join
from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher, Rule
from tornado.web import Application, RequestHandler

from jupyter_wove_server.serving import Serving

API, PAGES = "jupyter_wove_server.routes", "jupyter_wove_server.pages"
MODELS = "jupyter_wove_server.models"


class Late(Matcher):
    """Matches nothing; but whoever asks for something of ours finds it in place after this."""

    def __init__(self, prefix: str, load: Callable[[], None]) -> None:
        self.prefix = prefix
        self.load = load

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Have the routes in place that stand behind this one."""
        if request.path.startswith(self.prefix):
            self.load()
        return None


class LateRoutes:
    """The routes of Wove in one tornado application."""

    def __init__(self, application: Application, serving: Serving) -> None:
        self.application = application
        self.serving = serving
        self.base_url: str = application.settings["base_url"]
        self._loaded: set[str] = set()
        self._await(API)

    def load(self, name: str = API) -> None:
        """Put the routes of a module in place. Call it on the event loop; it does so once."""
        if name in self._loaded:
            return
        routes = importlib.import_module(name).routes(self.serving)
        self.application.add_handlers(
            ".*$", [(url_path_join(self.base_url, path), *rest) for path, *rest in routes]
        )
        self._loaded.add(name)
        if name == API:
            self._await(MODELS, "wove/ai")
            self._await(PAGES)  # behind the API, so that it is reached by nothing of that

    def _await(self, name: str, prefix: str = "wove") -> None:
        late = Late(url_path_join(self.base_url, prefix), lambda: self.load(name))
        self.application.add_handlers(".*$", [Rule(late, RequestHandler)])
