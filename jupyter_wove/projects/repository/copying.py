"""Copy a version into a fresh folder, without what could act there by itself."""

import io
from collections.abc import Callable
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

import pygit2
from pygit2.enums import FileMode

from jupyter_wove.kit.blobs import CHUNK
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.files import durable
from jupyter_wove.projects.notebooks import TooDeep, without_trust
from jupyter_wove.projects.repository.contents import files, open_file
from jupyter_wove.projects.repository.names import refused
from jupyter_wove.projects.repository.place import Place
from jupyter_wove.projects.repository.pointers import LARGEST_NOTEBOOK
from jupyter_wove.projects.repository.records import LeftOut

_ACTING_FOLDERS = {".jupyter", ".ipython"}


def materialise(
    place: Place, tree: pygit2.Tree, folder: Path, keep: Callable[[str], bool]
) -> list[LeftOut]:
    """Write the regular files of a version into an empty folder; return what was left out.

    Left out: links and submodules, names that pose as `.git`, `.gitmodules`, settings of Jupyter
    and IPython that would run code, and what `keep` refuses. Notebooks lose their trust.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Conflict("The folder for the copy is not empty.")
    left_out = [*_special(tree)]
    for path, item in files(tree):
        reason = _reason(path, keep) or _copy(place, tree, path, item, folder)
        if reason is not None:
            left_out.append(LeftOut(path, reason))
    return left_out


def _reason(path: str, keep: Callable[[str], bool]) -> str | None:
    names = path.split("/")
    for name in names:
        if reason := refused(name):
            return reason
    if any(name.casefold() in _ACTING_FOLDERS for name in names):
        return "settings of Jupyter and IPython can run code"
    if names[-1].casefold() == ".gitmodules":
        return "submodules are not copied"
    return None if keep(path) else "it is not meant to be copied"


def _copy(
    place: Place, tree: pygit2.Tree, path: str, item: pygit2.Object, folder: Path
) -> str | None:
    mode = 0o755 if item.filemode == FileMode.BLOB_EXECUTABLE else 0o644
    target = folder / path
    with open_file(place, place.git(), tree, path) as source:
        content: BinaryIO | None = (
            _untrusted(source) if path.lower().endswith(".ipynb") else source
        )
        if content is None:
            return "this notebook is too large or too deeply nested to be checked"
        target.parent.mkdir(parents=True, exist_ok=True)
        with durable(target, mode) as file:
            copyfileobj(content, file, CHUNK)
    return None


def _untrusted(source: BinaryIO) -> BinaryIO | None:
    content = source.read(LARGEST_NOTEBOOK + 1)
    if len(content) > LARGEST_NOTEBOOK:
        return None
    try:
        return io.BytesIO(without_trust(content))
    except TooDeep:
        return None


def _special(tree: pygit2.Tree, prefix: str = "") -> list[LeftOut]:
    found = []
    for item in tree:
        path = prefix + (item.name or "")
        if item.filemode == FileMode.TREE:
            found += _special(item.peel(pygit2.Tree), path + "/")
        elif item.filemode == FileMode.LINK:
            found.append(LeftOut(path, "it is a link"))
        elif item.filemode == FileMode.COMMIT:
            found.append(LeftOut(path, "it is a submodule"))
    return found
