"""What happens with a request that reaches the proxy."""

import asyncio
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import web
from multidict import CIMultiDict

from jupyter_wove.kit.errors import Forbidden, NotFound, WoveError
from jupyter_wove.runner import App, Visitor
from jupyter_wove_runner.proxy import doors, pages, sites, ways
from jupyter_wove_runner.proxy.badge import badge
from jupyter_wove_runner.proxy.doors import Doors
from jupyter_wove_runner.proxy.forwarding import Client, forward, path_of
from jupyter_wove_runner.proxy.headers import upward
from jupyter_wove_runner.proxy.place import Place, bare
from jupyter_wove_runner.proxy.served import (
    VISITED,
    Directory,
    Served,
    Server,
    Site,
    Target,
    Wish,
)
from jupyter_wove_runner.proxy.sockets import Sockets
from jupyter_wove_runner.proxy.tunnels import tunnel
from jupyter_wove_runner.proxy.ways import AskAtHome

OURS = "/_wove/"
PROOFS = "/.well-known/wove-domain/"
ASK = "/_wove/ask"
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
GONE = 499  # the visitor hung up
WAY_LIVES = 600  # seconds
PATIENCE = 10  # seconds
LONGEST_FORM = 16 * 1024  # bytes


@dataclass(frozen=True)
class Reception:
    """Receives visitors, and shows them to the app that they want."""

    apps: Directory
    doors: Doors
    place: Place
    client: Client
    sockets: Sockets = field(default_factory=Sockets)

    async def receive(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer whatever is asked."""
        try:
            return await self._answer(request)
        except AskAtHome as error:
            return self._sent_away(error)
        except WoveError as error:
            return pages.refusal(request, error)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        host, path = bare(request.headers.get("Host", "")), path_of(request)
        if request.method == "CONNECT":
            raise Forbidden("Apps are reached by their own address.")
        if path.startswith(PROOFS):
            return self._proof(host, path)
        served = self.apps.at(host)
        if served is None:
            return self._known(host, request)
        return await self._visit(served, request, path)

    async def _visit(
        self, served: Served, request: web.BaseRequest, path: str
    ) -> web.StreamResponse:
        if path.partition("?")[0] == f"{OURS}enter":
            return await self._enter(served.app, request)
        if wanted := ways.wanted(path):  # who need not come in any more
            return _see(303, wanted)
        visitor = self.doors.visitor(served.app, request, self.place.secure)
        if path.startswith(OURS):
            return _own(served.app, path)
        wish = self._wish(request)
        begun, status = time.monotonic(), GONE
        try:
            answered = await self._served(served, request, visitor, wish)
        except WoveError as error:
            status = error.status
            raise
        else:
            status = answered.status
            return answered
        finally:
            if not wish.socket:  # a WebSocket may take hours, and all is well
                served.note(status, time.monotonic() - begun)

    async def _served(
        self, served: Served, request: web.BaseRequest, visitor: Visitor | None, wish: Wish
    ) -> web.StreamResponse:
        async with served.taken(wish) as target:
            more = _more(served.app, target, wish, self.place.secure)
            if isinstance(target, Site):
                private = served.app.access not in doors.OPEN
                added = badge(served.app, request)
                return await sites.show(request, target, more, added, private)
            if not isinstance(target, Server):
                raise NotFound("There is nothing to see yet.")
            headers = upward(request.headers, self.place.origin(request), visitor, target.kind)
            if wish.socket:
                return await self._connect(served.app, request, target, headers, more, visitor)
            added = badge(served.app, request)
            return await forward(self.client, request, target, headers, more, added)

    async def _connect(
        self,
        app: App,
        request: web.BaseRequest,
        target: Server,
        headers: CIMultiDict[str],
        more: CIMultiDict[str],
        visitor: Visitor | None,
    ) -> web.StreamResponse:
        with target.connected(), self.sockets.of(app, visitor):
            return await tunnel(request, target, headers, more)

    def _wish(self, request: web.BaseRequest) -> Wish:
        """Read what a request is for. Raises Forbidden for WebSockets of other sites."""
        upgrade = request.headers.get("Upgrade", "").lower()
        if upgrade == "websocket":
            origin = request.headers.get("Origin")
            if origin is not None and not _same(origin, request.headers.get("Host", "")):
                raise Forbidden("Pages of other sites cannot connect to this app.")
        release = request.cookies.get(_release_cookie(self.place.secure), "")
        return Wish(pages.wants_page(request), upgrade == "websocket", release, request.path)

    async def _enter(self, app: App, request: web.BaseRequest) -> web.Response:
        """Let somebody in who comes back from Wove with a code."""
        said = await _said(request)
        secure = self.place.secure
        way = ways.back(request, said.get("to", "/"), secure)
        if self._is_elsewhere(app, request, way):
            return _see(303, f"{self.place.scheme}://{way.host}{OURS}enter?{urlencode(said)}")
        response = _see(303, way.to)
        if way.known:  # else they are sent to Wove from here, and come back once more
            address = self.place.origin(request).address
            token = self.doors.enter(app, said.get("code", ""), address)
            _set(response, doors.cookie(secure), token, doors.STAY, secure)
        return response

    def _is_elsewhere(self, app: App, request: web.BaseRequest, way: ways.Way) -> bool:
        """Tell whether somebody came to another host of this app, where they are known."""
        if way.host.lower() == request.headers.get("Host", "").lower():
            return False
        served = self.apps.at(bare(way.host))
        return served is not None and served.app.id == app.id

    def _sent_away(self, error: AskAtHome) -> web.Response:
        response = _see(302, error.url)
        secure = self.place.secure
        _set(response, ways.cookie(secure), error.mark, WAY_LIVES, secure)
        return response

    def _proof(self, host: str, path: str) -> web.Response:
        """Show that a host belongs to whoever wants it for an app."""
        token = path.removeprefix(PROOFS)
        if not token or self.apps.promised(host) != token:
            raise NotFound("Nobody wants to show this.")
        return web.Response(text=token, headers={"Cache-Control": "no-store", "Server": "wove"})

    def _known(self, host: str, request: web.BaseRequest) -> web.Response:
        """Tell a web server on this machine whether it may have a certificate for a host."""
        wanted = bare(request.rel_url.query.get("domain", ""))
        if host in LOCAL and request.rel_url.path == ASK and self.apps.at(wanted):
            return web.Response(text="It is one of ours.", headers={"Server": "wove"})
        raise NotFound("There is no app at this address.")


def _own(app: App, path: str) -> web.Response:
    if path.partition("?")[0] == f"{OURS}about":
        return pages.about(app)
    raise NotFound("There is no such page.")


def _more(app: App, target: Target, wish: Wish, secure: bool) -> CIMultiDict[str]:
    """Say what the proxy says beside the app."""
    more: CIMultiDict[str] = CIMultiDict()
    if app.access != "public":
        more["X-Robots-Tag"] = "noindex, nofollow"
    if app.access == "unlisted":  # its address is its secret
        more["Referrer-Policy"] = "same-origin"
    if isinstance(target, Site) and app.access != "public":
        more["Content-Security-Policy"] = f"frame-ancestors 'self' {_origin(app.home)}"
    if wish.page and target.kind in VISITED:
        kept = "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
        more["Set-Cookie"] = f"{_release_cookie(secure)}={target.release_id}{kept}"
    return more


def _release_cookie(secure: bool) -> str:
    return "__Host-wove-release" if secure else "wove-release"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _see(status: int, url: str) -> web.Response:
    headers = {"Location": url, "Cache-Control": "no-store", "Server": "wove"}
    return web.Response(status=status, headers=headers)


def _set(response: web.Response, name: str, value: str, age: int, secure: bool) -> None:
    response.set_cookie(
        name, value, max_age=age, path="/", httponly=True, samesite="Lax", secure=secure
    )


async def _said(request: web.BaseRequest) -> dict[str, str]:
    """Read what somebody says who comes in, in the address or, better, in a form."""
    if request.method == "GET":
        return dict(request.rel_url.query)
    if request.method != "POST":
        raise NotFound("There is no such page.")
    async with asyncio.timeout(PATIENCE):
        form = await request.content.read(LONGEST_FORM)
    return dict(parse_qsl(form.decode(errors="replace")))


def _same(origin: str, host: str) -> bool:
    return urlsplit(origin).netloc.lower() == host.lower()
