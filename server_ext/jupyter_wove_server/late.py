"""Our routes, loaded behind the scenes once the server runs, or when the first request wants them.

All of Wove takes a third of a second to import, which nobody who opens JupyterLab should wait for.
What few requests are for is loaded with the first of those: many servers never show a page.
"""

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from typing import Any

from jupyter_server.utils import url_path_join
from tornado.httputil import (
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerRequest,
    RequestStartLine,
)
from tornado.routing import Matcher, Rule, RuleRouter
from tornado.web import Application

from jupyter_wove.kit.loading import undisturbed
from jupyter_wove_server.serving import Serving

API = "jupyter_wove_server.routes"
LATER = "jupyter_wove_server.later_routes"
MODELS = "jupyter_wove_server.models"
MCP = "jupyter_wove_server.mcp"
PAGES = "jupyter_wove_server.pages"

PLACES = [
    (API, "wove"),
    (LATER, "wove/api/ai"),
    (LATER, "wove/api/prompts"),
    (LATER, "wove/api/people"),
    (LATER, "wove/api/apps"),
    (LATER, "wove/api/deployments"),
    (LATER, "wove/api/projects"),
    (MODELS, "wove/ai"),
    (MCP, "wove/mcp"),
    (PAGES, "wove"),  # behind all others, so that it is reached by nothing of theirs
]
"""Where requests for the routes of each module begin, in the order in which they are looked up."""


class Below(Matcher):
    """Matches all addresses that begin so."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Tell whether an address begins so."""
        return {} if request.path.startswith(self.prefix) else None


class LateRouter(RuleRouter):
    """The routes of a module, which stand where they were announced, whenever they are loaded."""

    def __init__(
        self, application: Application, module: str, load: Callable[[], list[Any]]
    ) -> None:
        super().__init__()
        self._application = application
        self._module = module
        self._load: Callable[[], list[Any]] | None = load

    async def prepare(self) -> None:
        """Have the routes in place, without anybody waiting but who asks for one of them."""
        if self._load is not None:
            await asyncio.to_thread(self._import)
        self.load()

    def _import(self) -> None:
        with undisturbed(self._module):
            importlib.import_module(self._module)

    def load(self) -> None:
        """Have the routes in place. Call it on the event loop."""
        load, self._load = self._load, None
        if load is not None:
            self.add_rules(load())

    def find_handler(
        self, request: HTTPServerRequest, **params: Any
    ) -> HTTPMessageDelegate | None:
        """Find who answers a request; nobody where it is for others."""
        if self._load is not None:
            return Waiting(self, self._application, request)
        return super().find_handler(request, **params)

    def get_target_delegate(
        self, target: Any, request: HTTPServerRequest, **params: Any
    ) -> HTTPMessageDelegate | None:
        """Have the application answer by one of our handlers."""
        return self._application.get_handler_delegate(request, target, **params)


class Waiting(HTTPMessageDelegate):
    """A request for routes that are not there yet; it is read once they are."""

    def __init__(
        self, router: LateRouter, application: Application, request: HTTPServerRequest
    ) -> None:
        self._router = router
        self._application = application
        self._request = request
        self._found: HTTPMessageDelegate | None = None
        self._is_closed = False

    async def headers_received(  # type: ignore[override]
        self, start_line: RequestStartLine, headers: HTTPHeaders
    ) -> None:
        """Wait for the routes, and find who answers it: one of them, or others."""
        await self._router.prepare()
        if self._is_closed:
            return
        self._found = self._application.find_handler(self._request)
        begun = self._found.headers_received(start_line, headers)
        if begun is not None:
            await begun

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Hand on a piece of its body."""
        return self._found.data_received(chunk) if self._found else None

    def finish(self) -> None:
        """Have it answered."""
        if self._found:
            self._found.finish()

    def on_connection_close(self) -> None:
        """Tell who answers that nobody listens any more."""
        self._is_closed = True
        if self._found:
            self._found.on_connection_close()


class LateRoutes:
    """The routes of Wove in one tornado application."""

    def __init__(self, application: Application, serving: Serving) -> None:
        self.serving = serving
        self.base_url: str = application.settings["base_url"]
        self._routers = {
            name: LateRouter(application, name, lambda name=name: self._routes(name))  # type: ignore[misc]
            for name, _ in PLACES
        }
        rules = [
            Rule(Below(url_path_join(self.base_url, prefix)), self._routers[name])
            for name, prefix in PLACES
        ]
        # Not by `add_handlers`, where jupyter_server takes every target for a handler.
        application.default_router.rules[-1:-1] = rules

    def load(self, name: str = API) -> None:
        """Have the routes of a module in place. Call it on the event loop; it does so once."""
        self._routers[name].load()

    async def prepare(self, name: str = API) -> None:
        """Have them in place, and others served meanwhile."""
        await self._routers[name].prepare()

    def _routes(self, name: str) -> list[Any]:
        routes = importlib.import_module(name).routes(self.serving)
        return [(url_path_join(self.base_url, path), *rest) for path, *rest in routes]
