"""The repository of one project: everything that is done with its versions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pygit2

from jupyter_wove.kit.blobs import Blobs
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.projects.repository import (
    contents,
    copying,
    opening,
    restoring,
    snapshots,
    versions,
)
from jupyter_wove.projects.repository.changes import changes
from jupyter_wove.projects.repository.history import at_branch, commit, history, touching
from jupyter_wove.projects.repository.locks import locked
from jupyter_wove.projects.repository.maintenance import maintain
from jupyter_wove.projects.repository.place import Place, plain_errors
from jupyter_wove.projects.repository.pointers import Grants
from jupyter_wove.projects.repository.records import (
    WORKING,
    Commit,
    Entry,
    FileChange,
    HandOver,
    HistoryKind,
    LeftOut,
    Person,
    Pushed,
)
from jupyter_wove.projects.repository.remotes import pushed
from jupyter_wove.projects.repository.staging import stage


class Repository:
    """A project folder with its git repository; safe to use from many threads and processes."""

    def __init__(self, place: Place) -> None:
        self._place = place

    @classmethod
    def open_or_adopt(cls, folder: Path, blobs: Blobs) -> "Repository":
        """Use the repository of a folder, or make one; raise Conflict if it is not fit for it."""
        with plain_errors(folder):
            repository = cls(opening.open_or_adopt(folder, blobs))
            with repository._writing():
                versions.recover(repository._place)
        return repository

    @property
    def made_here(self) -> bool:
        """Tell whether Wove created this repository."""
        return self._place.made_here

    def snapshot(self, author: Person, message: str) -> str | None:
        """Keep the folder as it is, automatically; return the id, or None if nothing changed."""
        with self._writing():
            return snapshots.snapshot(self._place, author, message)

    def save_version(self, author: Person, message: str, tag: str | None = None) -> str:
        """Save the folder as a version under a tag (None: the next `wove/<n>`); return its id."""
        with self._writing():
            return versions.save_version(self._place, author, message, tag)

    def history(
        self, kind: HistoryKind = "all", after: str | None = None, limit: int = 50
    ) -> list[Commit]:
        """List versions, newest first, beginning after the one with the id `after`."""
        with self._reading() as git:
            return history(git, kind, after, limit)

    def touching(self, path: str) -> list[Commit]:
        """List the versions in which a file is not what it was in the one before."""
        with self._reading() as git:
            return touching(git, path)

    def commit(self, version: str) -> Commit:
        """Describe a version by its full id or its tag; raise NotFound if there is none."""
        with self._reading() as git:
            return commit(git, version)

    def at_branch(self, name: str) -> str:
        """Name the version that a branch is at; raise NotFound if there is no such branch."""
        with self._reading() as git:
            return at_branch(git, name)

    def newest(self) -> str:
        """Name the newest version, saved or automatic; raise NotFound if there is none."""
        found = self.history("all", None, 1)
        if not found:
            raise NotFound("Nothing has been saved in this project yet.")
        return found[0].id

    def entries(self, version: str) -> list[Entry]:
        """List the files of a version (an id, a tag, or "working"), by path."""
        with self._reading() as git:
            return contents.entries(self._place, git, self._tree(git, version))

    def read(self, version: str, path: str) -> bytes:
        """Read a file of a version in full; raise NotFound if there is none."""
        with self.open(version, path) as file:
            return file.read()

    def open(self, version: str, path: str) -> BinaryIO:
        """Read a file of a version as a stream; large files come from the blob store."""
        with self._reading() as git:
            return contents.open_file(self._place, git, self._tree(git, version), path)

    def changes(self, base: str | None, head: str = WORKING) -> list[FileChange]:
        """List the files that differ between two versions; `base` None is an empty folder."""
        with self._reading() as git:
            old = git[git.TreeBuilder().write()] if base is None else self._tree(git, base)
            return changes(old.peel(pygit2.Tree), self._tree(git, head))

    def pushed(self, version: str) -> Pushed | None:
        """Tell where git can fetch the files of a version from; None where from nowhere."""
        with self._reading() as git:
            return pushed(self._place, git, version)

    def restore(
        self,
        version: str,
        path: str | None,
        author: Person,
        message: str,
        hand_over: HandOver = lambda _path, _read: False,
    ) -> str:
        """Bring a version, or one file of it, back as a new version; return the new id.

        A snapshot before makes sure that nothing is lost; ignored files are left alone. What
        `hand_over` takes is written by who takes it.
        """
        with self._writing():
            tree = contents.resolve(self._place.git(), version)
            snapshots.snapshot(self._place, author, f"Before: {message}")
            now = stage(self._place).files
            if path is None:
                restoring.restore_all(self._place, tree, now, hand_over)
            else:
                restoring.restore_one(self._place, tree, path, now, hand_over)
            return versions.save_version(self._place, author, message, None)

    def materialise(
        self, version: str, folder: Path, keep: Callable[[str], bool]
    ) -> list[LeftOut]:
        """Copy the files that `keep` accepts into an empty folder; return what was left out."""
        with self._reading() as git:
            return copying.materialise(self._place, self._tree(git, version), folder, keep)

    def left_out(self) -> list[LeftOut]:
        """List what a version of the folder would not hold, apart from ignored files."""
        with self._writing():
            return stage(self._place).left_out

    def thin(self, now: datetime, keep: set[str]) -> int:
        """Let go of old snapshots, but of none in `keep`; return how many went."""
        with self._writing():
            return snapshots.thin(self._place, now, keep)

    def maintain(self) -> bool:
        """Pack loose objects if there are many and git is installed; writers need not wait."""
        with plain_errors(self._place.folder):
            return maintain(self._place)

    def owns_blob(self, digest: str) -> bool:
        """Tell whether a large content in the blob store was stored by this repository."""
        return Grants(self._place).include(digest)

    def _tree(self, git: pygit2.Repository, version: str) -> pygit2.Tree:
        if version != WORKING:
            return contents.resolve(git, version)
        with locked(self._place.own):
            staged = stage(self._place)
        return self._place.git()[staged.tree].peel(pygit2.Tree)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with plain_errors(self._place.folder), locked(self._place.own):
            yield

    @contextmanager
    def _reading(self) -> Iterator[pygit2.Repository]:
        with plain_errors(self._place.folder):
            yield self._place.git()
