"""Where apps are reached: the pattern of their addresses, and who may say where visitors are."""

import hmac
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from aiohttp import web

from jupyter_wove.runner import App
from jupyter_wove_runner.proxy.headers import Origin

LONGEST_LABEL = 63
SECRET = 20  # characters, of 32


@dataclass(frozen=True)
class Place:
    """How apps are reached: `address` has `{slug}` in it, `key` makes the names of unlisted apps.

    Where `address` begins with https, something before us speaks TLS; what it says of visitors is
    believed where it reaches us from one of `trusted`.
    """

    address: str
    key: bytes
    trusted: frozenset[str] = frozenset({"127.0.0.1", "::1"})

    @property
    def scheme(self) -> str:
        """Say what visitors speak."""
        return "https" if self.secure else "http"

    @property
    def secure(self) -> bool:
        """Tell whether visitors come over TLS."""
        return self.address.startswith("https:")

    def url(self, app: App) -> str:
        """Say where an app is reached."""
        return self.address.replace("{slug}", self.label(app)).rstrip("/") + "/"

    def host(self, app: App) -> str:
        """Say at which host an app is reached, without its port."""
        return urlsplit(self.url(app)).hostname or ""

    def label(self, app: App) -> str:
        """Name an app in its address; unlisted apps by what only this runner can make."""
        if app.access != "unlisted":
            return app.slug
        made = hmac.new(self.key, b"unlisted:" + app.id.bytes, sha256).digest()
        secret = b32encode(made).decode().lower()[:SECRET]
        return f"{app.slug[: LONGEST_LABEL - SECRET - 1].rstrip('-')}-{secret}"

    def origin(self, request: web.BaseRequest) -> Origin:
        """Tell where a request came from."""
        peer = request.remote or ""
        host = request.headers.get("Host", "")
        if self.secure and peer in self.trusted:
            told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
            return Origin(_address(told) or peer, "https", host)
        return Origin(peer, self.scheme, host)


def _address(told: str) -> str:
    """Take an address only as addresses are written."""
    return told if told and all(each in "0123456789abcdefABCDEF.:" for each in told) else ""


def bare(host: str) -> str:
    """Read a host without its port, as it is looked up."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""
