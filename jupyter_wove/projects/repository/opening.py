"""Make a git repository in a project folder, or take up the one that is there without harm."""

from contextlib import suppress
from errno import EEXIST, ENOTEMPTY
from pathlib import Path
from tempfile import TemporaryDirectory

import pygit2
from pygit2.enums import Option

from jupyter_wove.kit.blobs import Blobs
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.files import durable, sync_folder
from jupyter_wove.projects.repository.place import Place

# Objects and references are on disk before anybody hears that a version is saved.
pygit2.option(Option.ENABLE_FSYNC_GITDIR, True)
# Folders on shared volumes often belong to another uid. libgit2 checks the owner only because
# git would run commands of the folder's configuration; libgit2 itself runs none.
pygit2.option(Option.SET_OWNER_VALIDATION, False)

_PARTS = ["HEAD", "config", "objects", "refs", "index", "packed-refs", "wove"]


def open_or_adopt(folder: Path, blobs: Blobs) -> Place:
    """Find or make the repository of a project folder; raise Conflict if it cannot be used.

    Only `folder/.git` counts: a project inside a folder of another repository gets its own.
    """
    place = Place(folder.resolve(), blobs)
    _refuse_unfit(place)
    if not place.git_folder.exists():
        _create(place)
    _refuse_foreign(place)
    place.own.mkdir(exist_ok=True)
    return place


def _refuse_unfit(place: Place) -> None:
    if not place.folder.is_dir():
        raise Conflict("The folder of this project does not exist.")
    if (place.folder / "HEAD").is_file() and (place.folder / "objects").is_dir():
        raise Conflict("This folder is itself a bare git repository: choose a folder of files.")
    git_folder = place.git_folder
    if git_folder.is_symlink() or (git_folder.exists() and not git_folder.is_dir()):
        raise Conflict(
            "The git data of this folder lies elsewhere (`.git` is a link or a file): "
            "choose the folder it belongs to, or make a clone."
        )


def _create(place: Place) -> None:
    # Made aside and renamed, so that a crash leaves no half repository in the folder.
    with TemporaryDirectory(prefix=".wove-new-", dir=place.folder) as aside:
        pygit2.init_repository(aside, initial_head="main")
        fresh = Path(aside) / ".git"
        (fresh / "wove").mkdir()
        with durable(fresh / "wove" / "made") as file:
            file.write(b"1\n")
        with suppress(FileExistsError):  # another process made it first
            _rename(fresh, place.git_folder)
    sync_folder(place.folder)


def _rename(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError as error:
        if error.errno in {EEXIST, ENOTEMPTY}:
            raise FileExistsError from error
        raise


def _refuse_foreign(place: Place) -> None:
    git_folder = place.git_folder
    if any((git_folder / part).is_symlink() for part in _PARTS):
        raise Conflict("Parts of this `.git` folder are links to elsewhere: make a clone.")
    if (git_folder / "commondir").exists():
        raise Conflict("This folder is a linked git worktree: choose the main folder or a clone.")
    if (git_folder / "objects" / "info" / "alternates").exists():
        raise Conflict(
            "This repository borrows objects from another one: "
            "run `git repack -a -d`, remove .git/objects/info/alternates and try again."
        )
    _refuse_unreadable(place)


def _refuse_unreadable(place: Place) -> None:
    try:
        git = place.git()
    except pygit2.GitError as error:
        raise Conflict(
            "The `.git` of this folder cannot be used: it is damaged, or in a format "
            "(such as sha256) that is not supported."
        ) from error
    if git.is_bare or Path(git.workdir).resolve() != place.folder:
        raise Conflict(
            "The git configuration of this folder names another working folder: "
            "remove core.bare or core.worktree from .git/config."
        )
