"""The files of a version, as recipes look at them."""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_wove.projects import Repository


class VersionFiles:
    """The regular files of one version of a project."""

    def __init__(self, repository: "Repository", version: str) -> None:
        self._repository = repository
        self._version = version

    def names(self) -> dict[str, int]:
        """Give each path and its size in bytes."""
        return self._sizes

    def read(self, path: str) -> bytes:
        """Give the content of a file."""
        return self._repository.read(self._version, path)

    @cached_property
    def _sizes(self) -> dict[str, int]:
        return {each.path: each.size for each in self._repository.entries(self._version)}
