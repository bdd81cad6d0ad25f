"""The address of every page, relative to where Jupyter is served from."""

from typing import Protocol
from urllib.parse import quote, urlencode
from uuid import UUID

from jupyter_wove.accounts import PersonRef
from jupyter_wove_server.pages.assets import ASSETS


class Located(Protocol):
    """A project, or what names one."""

    @property
    def id(self) -> UUID:
        """What the API knows it by."""

    @property
    def owner(self) -> PersonRef:
        """Whose it is."""

    @property
    def slug(self) -> str:
        """What it is called below its owner."""


class Addresses:
    """Where pages, downloads and JupyterLab are."""

    def __init__(self, base_url: str) -> None:
        self.base = base_url

    def asset(self, name: str) -> str:
        """Find a style sheet or picture of ours; the address changes with its content."""
        return f"{self.base}wove/static/{ASSETS[name].digest}/{name}"

    def gallery(self, **filters: str) -> str:
        """Find the gallery, in some order, filtered, or further on."""
        return f"{self.base}wove/" + _query(filters)

    def search(self, **asked: str) -> str:
        """Find what a search finds."""
        return f"{self.base}wove/search" + _query(asked)

    def person(self, handle: str, **asked: str) -> str:
        """Find somebody's profile."""
        return f"{self.base}wove/@{quote(handle, safe='')}" + _query(asked)

    def project(self, project: Located, **asked: str) -> str:
        """Find the page of a project."""
        slug = quote(project.slug, safe="")
        return f"{self.person(project.owner.handle)}/{slug}" + _query(asked)

    def file(self, project: Located, path: str, version: str = "", cell: int | None = None) -> str:
        """Find a file of a project, at a version, at a cell (counted from 0)."""
        place = f"{self.project(project)}/files/{quote(path)}" + _query({"version": version})
        return place if cell is None else f"{place}#cell-{cell}"

    def raw(self, project: Located, path: str, version: str = "") -> str:
        """Find the bytes of a file, to keep."""
        place = f"{self.base}wove/api/projects/{project.id}/files/{quote(path)}"
        return place + _query({"version": version})

    def archive(self, project: Located, version: str = "") -> str:
        """Find all files as one zip, to keep."""
        place = f"{self.base}wove/api/projects/{project.id}/archive"
        return place + _query({"version": version})

    def changes(self, project: Located, base: str, head: str, **asked: str) -> str:
        """Find what differs between two versions."""
        return f"{self.project(project)}/versions/{base}..{head}" + _query(asked)

    def star(self, project: Located) -> str:
        """Find where stars are put."""
        return f"{self.project(project)}/star"

    def lab(self, **asked: str) -> str:
        """Find JupyterLab."""
        return f"{self.base}lab" + _query(asked)

    def remix(self, project: Located) -> str:
        """Find JupyterLab, about to remix a project."""
        return self.lab(**{"wove-remix": str(project.id)})


def _query(asked: dict[str, str]) -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(given)}" if given else ""
