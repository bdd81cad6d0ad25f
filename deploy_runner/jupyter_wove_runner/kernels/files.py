"""The files of a project, copied for a kernel that may do with them what it likes.

What is copied is what was there by name: regular files, opened without following a link.
Names that begin with a dot are left out: there are the keys, the history and the settings.
"""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from jupyter_wove.kit.errors import BadRequest
from jupyter_wove.kit.paths import inside

MOST_BYTES = 256 * 1024 * 1024
MOST_FILES = 10_000
READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


def chosen(root: str, folder: str) -> Path | None:
    """Find the folder whose files a kernel sees; none for the root itself. Raises BadRequest."""
    if not folder or folder == ".":
        return None
    if not Path(root).is_absolute():
        raise BadRequest("The root of the files of kernels is named by its whole path.")
    found = inside(Path(root), folder).resolve()
    if not found.is_dir():
        raise BadRequest(f"There is no folder {folder!r}.")
    return found


def small_enough(source: Path) -> bool:
    """Tell whether a folder has not more than is copied."""
    used = count = 0
    for _, names, folder in _walk(source):
        for name in names:
            found = os.stat(name, dir_fd=folder, follow_symlinks=False)
            used, count = used + found.st_size, count + 1
            if used > MOST_BYTES or count > MOST_FILES:
                return False
    return True


def copy(source: Path, target: Path, owner: tuple[int, int]) -> None:
    """Copy its files into a folder that exists, for somebody else to own."""
    for path, names, folder in _walk(source):
        there = target / path
        there.mkdir(exist_ok=True)
        os.chown(there, *owner)
        for name in names:
            _copy(name, folder, there / name, owner)


def _walk(source: Path) -> Iterator[tuple[str, list[str], int]]:
    """Go through the folders, with the names of what is in each, and each as a descriptor."""
    for path, folders, names, folder in os.fwalk(source, follow_symlinks=False):
        folders[:] = [each for each in folders if not each.startswith(".")]
        kept = [each for each in names if not each.startswith(".") and _is_file(each, folder)]
        yield os.path.relpath(path, source), kept, folder


def _is_file(name: str, folder: int) -> bool:
    return stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)


def _copy(name: str, folder: int, target: Path, owner: tuple[int, int]) -> None:
    with (
        os.fdopen(os.open(name, READING, dir_fd=folder), "rb") as read,
        os.fdopen(os.open(target, WRITING, 0o600), "wb") as written,
    ):
        found = os.fstat(read.fileno())
        if not stat.S_ISREG(found.st_mode):
            return  # it was exchanged a moment ago
        shutil.copyfileobj(read, written)
        os.fchmod(written.fileno(), 0o600 | found.st_mode & 0o755)
        os.fchown(written.fileno(), *owner)
