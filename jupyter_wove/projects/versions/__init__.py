"""The versions of a project: what changed, when, by whom, and the way back."""

from jupyter_wove.projects.versions.comparison import differences
from jupyter_wove.projects.versions.models import (
    ChangedFile,
    FileDiff,
    FileEntry,
    FilePath,
    NewVersion,
    OpenDocuments,
    Restoration,
    Version,
)
from jupyter_wove.projects.versions.service import Versions
from jupyter_wove.projects.versions.tars import tarred

__all__ = [
    "ChangedFile",
    "FileDiff",
    "FileEntry",
    "FilePath",
    "NewVersion",
    "OpenDocuments",
    "Restoration",
    "Version",
    "Versions",
    "differences",
    "tarred",
]
