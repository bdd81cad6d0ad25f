"""Where a repository and its large contents lie, and how its git data is opened."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EDQUOT, ENOSPC
from pathlib import Path
from time import time

import pygit2
from pygit2.enums import RepositoryOpenFlag

from jupyter_wove.kit.blobs import Blobs
from jupyter_wove.kit.errors import Conflict, StorageFull, Unavailable, WoveError

FULL = ("no space left", "disk quota")  # libgit2 tells it only in words
log = logging.getLogger(__name__)

STALE_AFTER = 10  # seconds: git holds the lock of a reference for milliseconds


@dataclass(frozen=True)
class Place:
    """A project folder with its `.git`, and the store of its large files."""

    folder: Path
    blobs: Blobs

    @property
    def git_folder(self) -> Path:
        """The folder of git's own data."""
        return self.folder / ".git"

    @property
    def own(self) -> Path:
        """The folder of what Wove itself notes about the repository."""
        return self.git_folder / "wove"

    @property
    def made_here(self) -> bool:
        """Tell whether Wove created the repository, rather than its user."""
        return (self.own / "made").is_file()

    def git(self) -> pygit2.Repository:
        """Open the git data anew: libgit2's objects must not be shared between threads."""
        return pygit2.Repository(str(self.git_folder), RepositoryOpenFlag.NO_SEARCH)


def target(git: pygit2.Repository, name: str) -> pygit2.Oid | None:
    """Read where a reference points to."""
    reference = git.references.get(name)
    return None if reference is None else reference.peel(pygit2.Commit).id


def point(git: pygit2.Repository, name: str, commit: pygit2.Oid) -> None:
    """Let one of Wove's own references point to a commit; the caller holds the lock."""
    free(git, name)
    git.references.create(name, commit, force=True)


def free(git: pygit2.Repository, name: str) -> None:
    """Remove the lock of a reference if a process that was killed has left it."""
    lock = Path(git.path) / f"{name}.lock"
    if lock.exists() and time() - lock.stat().st_mtime > STALE_AFTER:
        lock.unlink(missing_ok=True)


@contextmanager
def plain_errors(folder: Path) -> Iterator[None]:
    """Say in a sentence what git or the disk could not do in a project's folder."""
    try:
        yield
    except (pygit2.GitError, KeyError, OSError) as error:
        raise _explained(folder, error) from error


def _explained(folder: Path, error: Exception) -> WoveError:
    # libgit2 raises OSError as well, without a number: a lock that is taken, a disk that is full.
    number, words = getattr(error, "errno", None), str(error).lower()
    if number in {ENOSPC, EDQUOT} or (number is None and any(full in words for full in FULL)):
        return StorageFull("There is no room left for another version.")
    if not folder.is_dir():  # in the bin meanwhile, not damaged
        return Conflict("The folder of this project was moved just now: look again.")
    if number is None and "lock" in words:
        return Conflict("git is at work in this project: try again in a moment.")
    log.warning("The repository of a project cannot be used", exc_info=error)
    if isinstance(error, OSError):
        return Unavailable(
            "A file of this project cannot be read or written: check its permissions."
        )
    return Unavailable(
        "The git data of this project cannot be used: run `git fsck` in its folder."
    )
