"""Which files of a folder there are, without those that are hidden or made by tools."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MOST_FILES = 2_000
DEEPEST = 8  # folders below the first
PASSED_OVER = frozenset(
    ["__pycache__", "build", "dist", "env", "node_modules", "site-packages", "venv"]
)


class File(NamedTuple):
    """A file by its path below the folder; another stamp means that it was written."""

    path: str
    size: int  # bytes
    stamp: int  # nanoseconds


def files_of(folder: Path) -> list[File]:
    """List the files, those of the uppermost folders first; at most so many.

    Follows no links, and leaves out repositories within, which are other people's projects.
    """
    found = list[File]()
    level = [""]
    for _ in range(DEEPEST):
        below = list[str]()
        for each in level:
            for entry in _entries(folder / each):
                path = f"{each}/{entry.name}".lstrip("/")
                if entry.is_dir(follow_symlinks=False):
                    below += [] if os.path.lexists(f"{entry.path}/.git") else [path]
                elif entry.is_file(follow_symlinks=False):
                    told = entry.stat(follow_symlinks=False)
                    found.append(File(path, told.st_size, told.st_mtime_ns))
                if len(found) == MOST_FILES:
                    return found
        level = below
    return found


def notebooks_in(folder: Path) -> list[Path]:
    """List the notebooks below a folder."""
    return [folder / each.path for each in files_of(folder) if each.path.endswith(".ipynb")]


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError:  # it went, or is not ours to read
        return
    for entry in entries:
        if not entry.name.startswith(".") and entry.name not in PASSED_OVER:
            yield entry
