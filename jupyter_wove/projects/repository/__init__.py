"""Versions of a project: a git repository that never gets in the way of its user's own git."""

from jupyter_wove.projects.repository.history import HistoryKind
from jupyter_wove.projects.repository.records import (
    Author,
    Commit,
    Entry,
    FileChange,
    FileKind,
    FileStatus,
    LeftOut,
    Person,
    Pushed,
)
from jupyter_wove.projects.repository.repository import WORKING, Repository

__all__ = [
    "WORKING",
    "Author",
    "Commit",
    "Entry",
    "FileChange",
    "FileKind",
    "FileStatus",
    "HistoryKind",
    "LeftOut",
    "Person",
    "Pushed",
    "Repository",
]
