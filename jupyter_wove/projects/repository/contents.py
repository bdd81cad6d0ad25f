"""Read the files of a version."""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

import pygit2
from pygit2.enums import FileMode, ObjectType

from jupyter_wove.kit.errors import NotFound
from jupyter_wove.projects.repository.names import can_be_tag, checked
from jupyter_wove.projects.repository.place import Place, target
from jupyter_wove.projects.repository.pointers import LONGEST_POINTER, Grants, Pointer, parse
from jupyter_wove.projects.repository.records import Entry, FileKind
from jupyter_wove.projects.repository.versions import OWN_TAGS, TAGS

SNIFF = 8000  # bytes; git looks at as many to tell text from binary
_ID = re.compile(r"[0-9a-f]{40}", re.ASCII)
_REGULAR = {FileMode.BLOB, FileMode.BLOB_EXECUTABLE}


def resolve(git: pygit2.Repository, version: str) -> pygit2.Tree:
    """Find the tree of a version by its full id or its tag; raise NotFound if there is none."""
    return commit_of(git, version).tree


def commit_of(git: pygit2.Repository, version: str) -> pygit2.Commit:
    """Find a version by its full id or its tag; raise NotFound if there is none."""
    commit = None
    if _ID.fullmatch(version):
        commit = git.get(version)
    elif can_be_tag(version):
        found = [target(git, prefix + version) for prefix in (OWN_TAGS, TAGS)]
        commit = next((git[oid] for oid in found if oid is not None), None)
    if not isinstance(commit, pygit2.Commit):
        raise NotFound("This project has no such version.")
    return commit


def files(tree: pygit2.Tree, prefix: str = "") -> Iterator[tuple[str, pygit2.Object]]:
    """Walk through the regular files of a tree, in the order of their paths."""
    for item in tree:
        path = prefix + (item.name or "")
        if item.filemode == FileMode.TREE:
            yield from files(item.peel(pygit2.Tree), path + "/")
        elif item.filemode in _REGULAR:
            yield path, item


def entries(place: Place, git: pygit2.Repository, tree: pygit2.Tree) -> list[Entry]:
    """List the files of a version."""
    return [_entry(place, git, path, str(item.id)) for path, item in files(tree)]


def open_file(place: Place, git: pygit2.Repository, tree: pygit2.Tree, path: str) -> BinaryIO:
    """Read one file of a version as a stream; raise NotFound if there is none."""
    blob = str(find(tree, path).id)
    pointer = followed(place, git, blob)
    if pointer is not None:
        return place.blobs.open(pointer.digest)
    return io.BytesIO(git[blob].peel(pygit2.Blob).data)


def find(tree: pygit2.Tree, path: str) -> pygit2.Object:
    """Find one regular file of a tree; raise NotFound if there is none."""
    try:
        item = tree[checked(path)]
    except KeyError:
        item = None
    if item is None or item.filemode not in _REGULAR:
        raise NotFound(f"This version has no file {path!r}.")
    return item


def followed(place: Place, git: pygit2.Repository, blob: str) -> Pointer | None:
    """Read a blob as a pointer to a large file, if this repository may follow it."""
    if _size(git, blob) > LONGEST_POINTER:
        return None
    pointer = parse(git[blob].peel(pygit2.Blob).data)
    return pointer if pointer and Grants(place).include(pointer.digest) else None


def is_binary(content: bytes) -> bool:
    """Tell binary data from text as git does."""
    return b"\0" in content[:SNIFF]


def _entry(place: Place, git: pygit2.Repository, path: str, blob: str) -> Entry:
    pointer = followed(place, git, blob)
    size = pointer.size if pointer else _size(git, blob)
    return Entry(path, size, _kind(place, git, path, blob, pointer), blob)


def _size(git: pygit2.Repository, blob: str) -> int:
    kind, size = git.odb.read_header(pygit2.Oid(hex=blob))
    return size if kind == ObjectType.BLOB else 0


def _kind(
    place: Place, git: pygit2.Repository, path: str, blob: str, pointer: Pointer | None
) -> FileKind:
    if path.endswith(".ipynb"):
        return "notebook"
    if pointer is None:
        return "binary" if _blob_is_binary(git.path, blob) else "text"
    with place.blobs.path(pointer.digest).open("rb") as file:
        return "binary" if is_binary(file.read(SNIFF)) else "text"


@lru_cache(maxsize=65_536)
def _blob_is_binary(git_folder: str, blob: str) -> bool:
    return is_binary(pygit2.Repository(git_folder)[blob].peel(pygit2.Blob).data)
