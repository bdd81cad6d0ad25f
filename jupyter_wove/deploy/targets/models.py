"""What targets are given, and what they say of themselves."""

from pathlib import Path
from typing import Protocol

import msgspec

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.runner import Access, App, Kind, Release

SITES: frozenset[Kind] = frozenset({"saved", "executed", "site", "jupyterlite", "sphinx"})
WORKERS: frozenset[Kind] = frozenset({"edge"})
FUNCTIONS: frozenset[Kind] = frozenset({"function"})
SERVERS: frozenset[Kind] = frozenset(
    {"voila", "streamlit", "panel", "gradio", "dash", "solara", "shiny", "asgi", "wsgi", "node"}
)


class Secret:
    """A text that is shown only to who asks for it: in no log, no traceback, no message."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "•••"

    def shown(self) -> str:
        """Show it."""
        return self._text


class Parcels(Protocol):
    """What was built of a release, brought in the form in which a target takes it."""

    async def site(self, folder: Path) -> None:
        """Write the files of a site, or of a worker with its `worker.js`, into a folder."""
        ...

    async def package(self, path: Path) -> None:
        """Write a function and what it imports into a zip file, as AWS Lambda takes it."""
        ...

    async def image(self, name: str, user: str, password: Secret) -> str:
        """Push the image to a registry by this name; return the name with its digest."""
        ...


class Order(msgspec.Struct, frozen=True):
    """A release that is to be served; `environment` is what the app itself starts with."""

    app: App
    release: Release
    environment: dict[str, str]
    parcels: Parcels


class Need(msgspec.Struct):
    """Something a target has to be told: a variable of the app, or of the administrator."""

    name: str
    about: str
    secret: bool
    required: bool


class TargetNeed(Need):
    """Something a target has to be told about an app, and whether it is told already."""

    is_set: bool


class DeployTarget(msgspec.Struct):
    """A place where an app can be served, what it takes, and what it needs to be told.

    `problem` says why it cannot be used here at all, or is "".
    """

    name: str
    title: str
    kinds: list[Kind]
    access: list[Access]
    needs: list[TargetNeed]
    problem: str


class NotWell(WoveError):
    """What was uploaded does not answer as it should; visitors do not come to it."""

    status = 409
    title = "It is not well"

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint
