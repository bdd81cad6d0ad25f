"""Bring files of an earlier version back into the project folder."""

from pathlib import Path
from shutil import copyfileobj

import pygit2
from pygit2.enums import FileMode

from jupyter_wove.kit.blobs import CHUNK
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.files import durable
from jupyter_wove.projects.repository.contents import files, find, open_file
from jupyter_wove.projects.repository.names import checked
from jupyter_wove.projects.repository.place import Place
from jupyter_wove.projects.repository.records import HandOver
from jupyter_wove.projects.repository.staging import Known


def restore_all(
    place: Place, tree: pygit2.Tree, now: dict[str, Known], hand_over: HandOver
) -> None:
    """Make the folder's files those of the version; `now` are the files that are there.

    Ignored files stay. Raise Conflict before anything is written if something is in the way.
    """
    then = dict(files(tree))
    wanted = {path: item for path, item in then.items() if not _is(now.get(path), item)}
    gone = [path for path in now if path not in then]
    for path in wanted:
        _refuse_obstacle(place, path, now)
    for path in gone:
        _remove(place, path)
    for path, item in wanted.items():
        _bring(place, tree, path, item, hand_over)


def restore_one(
    place: Place, tree: pygit2.Tree, path: str, now: dict[str, Known], hand_over: HandOver
) -> None:
    """Bring one file back; raise NotFound if the version does not have it."""
    item = find(tree, path)
    if not _is(now.get(path), item):
        _refuse_obstacle(place, path, now)
        _refuse_other_kind(place, path)
        _bring(place, tree, path, item, hand_over)


def _is(known: Known | None, item: pygit2.Object) -> bool:
    return known is not None and (known.blob, known.mode) == (str(item.id), item.filemode)


def _refuse_obstacle(place: Place, path: str, now: dict[str, Known]) -> None:
    """Refuse what would write through a link or over a file that no version holds."""
    target = place.folder / checked(path)
    for folder in target.relative_to(place.folder).parents:
        if (place.folder / folder).is_symlink():
            raise Conflict(f"{path!r} cannot be restored: {str(folder)!r} is a link now.")
        if (place.folder / folder).is_file() and str(folder) not in now:
            raise Conflict(f"{path!r} cannot be restored: {str(folder)!r} is an ignored file.")
    if target.is_symlink():
        raise Conflict(f"{path!r} cannot be restored: it is a link now. Remove it and try again.")
    if target.exists() and not target.is_dir() and path not in now:
        raise Conflict(
            f"{path!r} is in no version, because it is ignored: move it away and try again."
        )
    if target.is_dir() and _stays(place, target, now):
        raise Conflict(f"{path!r} is a folder now, with files that are in no version.")


def _refuse_other_kind(place: Place, path: str) -> None:
    target = place.folder / path
    folders = [place.folder / folder for folder in Path(path).parents]
    if target.is_dir() or any(folder.is_file() for folder in folders):
        raise Conflict(f"{path!r} cannot be restored alone: restore the whole version.")


def _stays(place: Place, folder: Path, now: dict[str, Known]) -> bool:
    inside = (child for child in folder.rglob("*") if child.is_symlink() or not child.is_dir())
    return any(str(child.relative_to(place.folder)) not in now for child in inside)


def _remove(place: Place, path: str) -> None:
    target = place.folder / path
    target.unlink(missing_ok=True)
    for folder in target.relative_to(place.folder).parents[:-1]:
        try:
            (place.folder / folder).rmdir()
        except OSError:
            return  # it holds other files


def _bring(
    place: Place, tree: pygit2.Tree, path: str, item: pygit2.Object, hand_over: HandOver
) -> None:
    def read() -> bytes:
        with open_file(place, place.git(), tree, path) as source:
            return source.read()

    if not ((place.folder / path).is_file() and hand_over(path, read)):
        _write(place, tree, path, item)


def _write(place: Place, tree: pygit2.Tree, path: str, item: pygit2.Object) -> None:
    target = place.folder / path
    if target.is_dir():
        _remove_empty(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = 0o755 if item.filemode == FileMode.BLOB_EXECUTABLE else 0o644
    with open_file(place, place.git(), tree, path) as source, durable(target, mode) as file:
        copyfileobj(source, file, CHUNK)


def _remove_empty(folder: Path) -> None:
    for child in folder.iterdir():
        _remove_empty(child)
    folder.rmdir()
