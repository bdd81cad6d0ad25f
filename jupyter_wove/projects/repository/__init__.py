"""Versions of a project: a git repository that never gets in the way of its user's own git."""

from typing import TYPE_CHECKING, Any

from jupyter_wove.projects.repository.records import (
    WORKING,
    Author,
    Commit,
    Entry,
    FileChange,
    FileKind,
    FileStatus,
    HandOver,
    HistoryKind,
    LeftOut,
    Person,
    Pushed,
)

if TYPE_CHECKING:
    from jupyter_wove.projects.repository.repository import Repository

__all__ = [
    "WORKING",
    "Author",
    "Commit",
    "Entry",
    "FileChange",
    "FileKind",
    "FileStatus",
    "HandOver",
    "HistoryKind",
    "LeftOut",
    "Person",
    "Pushed",
    "Repository",
]


def __getattr__(name: str) -> Any:
    """Load libgit2 with the first repository: it takes ten megabytes of each server."""
    if name != "Repository":
        raise AttributeError(name)
    from jupyter_wove.projects.repository.repository import Repository  # noqa: PLC0415

    return Repository
