"""Who may visit an app: codes that let somebody in once, and cookies for an hour."""

import secrets
import time
from collections import deque
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from aiohttp import web

from jupyter_wove.kit.errors import Forbidden, NotSignedIn, TooManyRequests
from jupyter_wove.runner import App, Visitor
from jupyter_wove_runner.proxy.pages import wants_page
from jupyter_wove_runner.proxy.ways import home

OPEN = frozenset({"public", "unlisted"})
CODE_LIVES = 60  # seconds
STAY = 3600
RENEWED = 2700  # seconds after which the next page asks Wove again
MOST = 100_000  # codes, and people who are in
TRIES = 20  # codes a minute from one address
MINUTE = 60


@dataclass(frozen=True)
class _Stay:
    app_id: UUID
    visitor: Visitor
    since: float


class Doors:
    """Who is let in. Codes and cookies are known by their hashes, and only until a restart."""

    def __init__(self) -> None:
        self._codes: dict[bytes, _Stay] = {}
        self._stays: dict[bytes, _Stay] = {}
        self._tries: dict[str, deque[float]] = {}

    def code(self, app_id: UUID, visitor: Visitor) -> str:
        """Make what lets a visitor in once, within a minute."""
        _forget(self._codes, CODE_LIVES)
        code = secrets.token_urlsafe(32)
        self._codes[_hash(code)] = _Stay(app_id, visitor, time.monotonic())
        return code

    def visitor(self, app: App, request: web.BaseRequest, secure: bool) -> Visitor | None:
        """Tell who is there. Raises AskAtHome, NotSignedIn."""
        if app.access in OPEN:
            return None
        stay = self._stays.get(_hash(request.cookies.get(cookie(secure), "")))
        age = time.monotonic() - stay.since if stay else STAY
        if stay and stay.app_id == app.id and age < (RENEWED if wants_page(request) else STAY):
            return stay.visitor
        if wants_page(request):
            raise home(app, request, secure)
        raise NotSignedIn("Only people whom its project lets in can use this app. Open it first.")

    def enter(self, app: App, code: str, address: str) -> str:
        """Take a code, once, and give what the cookie of the visitor is. Raises Forbidden."""
        self._slow_down(address)
        stay = self._codes.pop(_hash(code), None)
        fresh = stay and time.monotonic() - stay.since < CODE_LIVES
        if stay is None or not fresh or stay.app_id != app.id:
            raise Forbidden("This way in was used already, or it is too old. Open the app anew.")
        _forget(self._stays, STAY)
        token = secrets.token_urlsafe(32)
        self._stays[_hash(token)] = _Stay(app.id, stay.visitor, time.monotonic())
        return token

    def show_out(self, app_id: UUID, person_id: UUID | None = None) -> None:
        """Let a person, or everybody, into an app no longer."""
        for kept in (self._codes, self._stays):
            for key in [
                key
                for key, stay in kept.items()
                if stay.app_id == app_id and person_id in {None, stay.visitor.person_id}
            ]:
                del kept[key]

    def _slow_down(self, address: str) -> None:
        now = time.monotonic()
        if len(self._tries) > MOST:
            self._tries = {a: t for a, t in self._tries.items() if t and now - t[-1] < MINUTE}
        tries = self._tries.setdefault(address, deque(maxlen=TRIES))
        if len(tries) == TRIES and now - tries[0] < MINUTE:
            raise TooManyRequests("Too many tries to come in. Wait a minute.", MINUTE)
        tries.append(now)


def cookie(secure: bool) -> str:
    """Name the cookie of a visitor; where there is TLS, no other host can set it."""
    return "__Host-wove-visitor" if secure else "wove-visitor"


def _forget(kept: dict[bytes, _Stay], longest: float) -> None:
    """Forget what is too old, and the oldest where there are too many; they are in order."""
    now = time.monotonic()
    while kept:
        key = next(iter(kept))
        if now - kept[key].since < longest and len(kept) < MOST:
            return
        del kept[key]


def _hash(secret: str) -> bytes:
    return sha256(_bytes(secret)).digest()


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")
