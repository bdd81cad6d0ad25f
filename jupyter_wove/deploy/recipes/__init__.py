"""What a project becomes, seen from its files alone."""

from collections.abc import Mapping
from typing import Protocol

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.runner import Plan


class Files(Protocol):
    """The files of a project, wherever they lie."""

    def names(self) -> Mapping[str, int]:
        """Give each path, with forward slashes, and its size in bytes."""
        ...

    def read(self, path: str) -> bytes:
        """Give the content of a file that `names` has."""
        ...


def detect(files: Files) -> Plan:
    """See how a project becomes live. Raises InvalidRequest, with what to add."""
    names = files.names()
    if "index.html" in names:
        return Plan(kind="site", base="none", entry="index.html", site=".")
    notebook = next((each for each in names if each.endswith(".ipynb")), None)
    if notebook is None:
        raise InvalidRequest("Nothing here can be made live yet: add a notebook.")
    return Plan(kind="saved", base="none", entry=notebook, site=".")
