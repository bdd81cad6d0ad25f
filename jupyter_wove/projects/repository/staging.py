"""The private index: which content each file had when it was last looked at, and the tree of all.

It is only a cache. It lies beside git's own index, never in its place.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import time_ns
from typing import BinaryIO

import msgspec
import pygit2
from pygit2.enums import FileMode

from jupyter_wove.kit.files import durable
from jupyter_wove.projects.repository.objects import write_blob
from jupyter_wove.projects.repository.place import Place
from jupyter_wove.projects.repository.pointers import is_large, store
from jupyter_wove.projects.repository.records import LeftOut
from jupyter_wove.projects.repository.scanning import scan

# A file that was written this short before it was read may change again under the same time stamp.
SETTLED_AFTER = 2_000_000_000


class Known(msgspec.Struct, frozen=True, array_like=True):
    """A file as it was when its content was stored."""

    modified: int
    changed: int
    size: int
    inode: int
    mode: int
    blob: str
    large: bool
    settled: bool

    def still(self, found: os.stat_result) -> bool:
        """Tell whether the file cannot have changed since."""
        return self.settled and self.describes(found)

    def describes(self, found: os.stat_result) -> bool:
        """Tell whether the file looks as it did."""
        seen = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
        same = (self.modified, self.changed, self.size, self.inode) == seen
        return same and self.mode == _mode(found)


class Index(msgspec.Struct):
    """What is noted on disk: the files by path, and the git tree they make."""

    version: int = 1
    tree: str | None = None
    files: dict[str, Known] = {}


@dataclass
class Staged:
    """The folder as it is now, stored in git but not yet part of any version."""

    tree: pygit2.Oid
    files: dict[str, Known]
    left_out: list[LeftOut]


def stage(place: Place) -> Staged:
    """Store what changed in the folder; the caller holds the lock."""
    git = place.git()
    old = _load(place)
    found = scan(place, git)
    files = dict(_look(place, git, found.files, old.files, found.left_out))
    if files != old.files or old.tree is None or old.tree not in git:
        tree = _tree(place, git, old, files)
        _save(place, Index(1, str(tree), files))
    else:
        tree = pygit2.Oid(hex=old.tree)
    return Staged(tree, files, found.left_out)


def _look(
    place: Place,
    git: pygit2.Repository,
    found: dict[str, os.stat_result],
    old: dict[str, Known],
    left_out: list[LeftOut],
) -> Iterator[tuple[str, Known]]:
    for path, status in found.items():
        known = old.get(path)
        try:
            if known is None or not known.still(status):
                known = _read(place, git, path)
            yield path, known
        except FileNotFoundError:
            continue  # it vanished since the folder was listed
        except PermissionError:
            left_out.append(LeftOut(path, "it cannot be read"))


def _read(place: Place, git: pygit2.Repository, path: str) -> Known:
    started = time_ns()
    with _open(place.folder / path) as file:
        found = os.fstat(file.fileno())
        large = is_large(path, found.st_size)
        content = store(place, file).text() if large else file.read()
    blob = write_blob(git, content)
    age = started - max(found.st_mtime_ns, found.st_ctime_ns)
    times = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
    return Known(*times, _mode(found), blob, large, age > SETTLED_AFTER)


def _open(path: Path) -> BinaryIO:
    # The folder may change under us: what is a link or a pipe by now is not opened.
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except NotADirectoryError:
        raise FileNotFoundError from None
    except OSError as error:
        raise (FileNotFoundError if path.is_symlink() else error) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FileNotFoundError
    return os.fdopen(handle, "rb")


def _mode(found: os.stat_result) -> int:
    return FileMode.BLOB_EXECUTABLE if found.st_mode & stat.S_IXUSR else FileMode.BLOB


def _tree(place: Place, git: pygit2.Repository, old: Index, files: dict[str, Known]) -> pygit2.Oid:
    _mend(place, git, files)
    index = pygit2.Index()
    before: dict[str, Known] = {}
    if old.tree is not None and old.tree in git:
        before = old.files
        index.read_tree(git[old.tree].peel(pygit2.Tree))
    for path in before.keys() - files.keys():
        index.remove(path)
    for path, known in files.items():
        if path not in before or _differs(before[path], known):
            index.add(pygit2.IndexEntry(path, pygit2.Oid(hex=known.blob), FileMode(known.mode)))
    return index.write_tree(git)


def _differs(old: Known, new: Known) -> bool:
    return (old.blob, old.mode) != (new.blob, new.mode)


def _mend(place: Place, git: pygit2.Repository, files: dict[str, Known]) -> None:
    """Store again what the user's `git gc` threw away."""
    for path, known in files.items():
        if not git.odb.exists(pygit2.Oid(hex=known.blob)):
            files[path] = _read(place, git, path)


def _load(place: Place) -> Index:
    try:
        index = msgspec.msgpack.decode((place.own / "index").read_bytes(), type=Index)
    except (FileNotFoundError, msgspec.DecodeError):
        return Index()
    return index if index.version == 1 else Index()


def _save(place: Place, index: Index) -> None:
    with durable(place.own / "index") as file:
        file.write(msgspec.msgpack.encode(index))
