"""The way of a visitor to Wove, who is asked whether they may come in, and back again."""

import re
import secrets
from dataclasses import dataclass
from hmac import compare_digest
from urllib.parse import urlencode, urlsplit, urlunsplit

from aiohttp import web

from jupyter_wove.kit.errors import Forbidden
from jupyter_wove.runner import App
from jupyter_wove_runner.proxy.forwarding import path_of

PLACE = "/_wove/way/"
# What is known of the browser, the host that it came to, and the page that it wants.
WAY = re.compile(rf"{PLACE}([A-Za-z0-9_-]{{22}})@([A-Za-z0-9.:\[\]-]{{1,260}})(/.*)")
MARK = re.compile(r"[A-Za-z0-9_-]{22}")


class AskAtHome(Exception):
    """Wove says whether this visitor may come in."""

    def __init__(self, url: str, mark: str) -> None:
        super().__init__(url)
        self.url, self.mark = url, mark


@dataclass(frozen=True)
class Way:
    """Where somebody comes back to. `known` tells whether it is this browser that was sent."""

    to: str
    host: str
    known: bool


def cookie(secure: bool) -> str:
    """Name the cookie by which a browser that was sent away is known when it comes back."""
    return "__Host-wove-way" if secure else "wove-way"


def home(app: App, request: web.BaseRequest, secure: bool) -> AskAtHome:
    """Say where Wove is asked, and where it sends the visitor back to."""
    known = request.cookies.get(cookie(secure), "")
    mark = known if MARK.fullmatch(known) else secrets.token_urlsafe(16)
    host = request.headers.get("Host", "")
    parts = urlsplit(app.home)
    to = urlencode({"to": f"{PLACE}{mark}@{host}{one_slash(path_of(request))}"})
    query = f"{parts.query}&{to}" if parts.query else to
    return AskAtHome(urlunsplit(parts._replace(query=query)), mark)


def back(request: web.BaseRequest, to: str, secure: bool) -> Way:
    """Read where somebody comes back to. Raises Forbidden where the browser has no cookie.

    Whoever was never sent away is not let in by a code: anybody could make somebody else visit an
    app in their own name.
    """
    here = request.headers.get("Host", "")
    found = WAY.fullmatch(to)
    if not found:
        plain = to.startswith("/") and not to.startswith(("//", "/\\"))
        return Way(to if plain else "/", here, known=False)
    mark, host, path = found.groups()
    known = request.cookies.get(cookie(secure), "")
    if host.lower() == here.lower() and not known:
        raise Forbidden("This app can be visited with cookies only. Allow them, and open it anew.")
    return Way(
        one_slash(path), host, compare_digest(known.encode("utf-8", "replace"), mark.encode())
    )


def wanted(path: str) -> str:
    """Say which page somebody wants who comes back, or nothing."""
    found = WAY.fullmatch(path)
    return one_slash(found.group(3)) if found else ""


def one_slash(path: str) -> str:
    """Keep a path from being read as another host."""
    return "/" + path.lstrip("/\\")
