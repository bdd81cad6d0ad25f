"""What the proxy asks of the apps behind it, and what it counts while it asks."""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID

from jupyter_wove.kit.errors import Unavailable, WoveError
from jupyter_wove.runner import App

# One program per visitor stands behind their pages: what belongs to a page stays with its version.
VISITED = frozenset({"voila", "streamlit", "panel", "gradio", "dash", "solara", "shiny"})


class BadGateway(WoveError):
    """The app gave no answer that could be passed on."""

    status = 502
    title = "The app does not answer"


class Waking(Unavailable):
    """The app is on its way up."""

    title = "The app is waking up"


class Busy(Unavailable):
    """The app has no memory left for another visitor."""

    title = "The app is busy"


@dataclass(eq=False)
class Target:
    """A version of an app, and how much goes on with it."""

    release_id: UUID
    kind: str
    requests: int = 0  # that are open, WebSockets among them
    sockets: int = 0
    quiet: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def at_work(self) -> bool:
        """Tell whether a request or a WebSocket is open."""
        return self.requests > 0

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Count a request while it is open."""
        self.requests += 1
        self.quiet.clear()
        try:
            yield
        finally:
            self.requests -= 1
            if not self.at_work:
                self.quiet.set()

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Count a WebSocket while it is open."""
        self.sockets += 1
        try:
            yield
        finally:
            self.sockets -= 1


@dataclass(eq=False)
class Site(Target):
    """A version that is a folder of pages."""

    folder: Path = field(kw_only=True)


@dataclass(eq=False)
class Server(Target):
    """A version that is a container, and where it listens."""

    host: str = field(kw_only=True)
    port: int = field(kw_only=True)


@dataclass(frozen=True)
class Wish:
    """What a request is for: a page in a browser, a WebSocket, or something of a page, at a path.

    `release` is the version that the page came from, where the browser says so.
    """

    page: bool
    socket: bool
    release: str
    path: str


class Served(Protocol):
    """An app as the proxy sees it."""

    @property
    def app(self) -> App:
        """Say what it is called, where it is reached, and by whom."""

    def taken(self, wish: Wish) -> AbstractAsyncContextManager[Target]:
        """Have a version for a request, awake. Raises Busy, Unavailable, Waking."""

    def note(self, status: int, seconds: float) -> None:
        """Remember that a request was answered."""


class Directory(Protocol):
    """Which app is reached at which host."""

    def at(self, host: str) -> Served | None:
        """Find the app of a host, without its port."""

    def promised(self, host: str) -> str:
        """Say which token shows that a host belongs to whoever wants it for an app, or nothing."""
