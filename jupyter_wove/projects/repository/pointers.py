"""Large files: a Git-LFS pointer in the repository, the bytes in the blob store.

A pointer is text that anybody can type. Only those that this repository wrote itself are followed:
each is noted under a seal of the blob store, so that neither a typed pointer nor a forged note in
an imported `.git` folder opens the content of another project.
"""

import hashlib
import os
import re
from typing import BinaryIO

import msgspec

from jupyter_wove.kit.blobs import CHUNK
from jupyter_wove.kit.files import sync_folder
from jupyter_wove.projects.repository.place import Place

LARGE = 4_000_000
LARGEST_NOTEBOOK = 100_000_000
LONGEST_POINTER = 200

_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n"
    rb"oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,18})\n"
)


class Pointer(msgspec.Struct, frozen=True):
    """The digest and the size in bytes of a large file."""

    digest: str
    size: int

    def text(self) -> bytes:
        """Write it as Git-LFS does."""
        return (
            "version https://git-lfs.github.com/spec/v1\n"
            f"oid sha256:{self.digest}\nsize {self.size}\n"
        ).encode()


def parse(content: bytes) -> Pointer | None:
    """Read a pointer, if this is one."""
    found = _POINTER.fullmatch(content)
    return Pointer(found[1].decode(), int(found[2])) if found else None


def is_large(path: str, size: int) -> bool:
    """Tell whether a file goes to the blob store; notebooks stay in git to be compared."""
    return size > (LARGEST_NOTEBOOK if path.endswith(".ipynb") else LARGE)


def store(place: Place, file: BinaryIO) -> Pointer:
    """Put a large file into the blob store and note that it is this repository's own."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    name = digest.hexdigest()
    grants = Grants(place)
    if not (grants.include(name) and place.blobs.holds(name)):
        file.seek(0)
        name = place.blobs.put(file)
        grants.add(name)
    return Pointer(name, place.blobs.path(name).stat().st_size)


class Grants:
    """The large contents that a repository may read: those it stored itself."""

    def __init__(self, place: Place) -> None:
        self._blobs = place.blobs
        self._path = place.own / "blobs"
        self._lines = set(self._path.read_text().split("\n")) if self._path.exists() else set()

    def include(self, digest: str) -> bool:
        """Tell whether this repository stored the content."""
        return self._line(digest) in self._lines

    def add(self, digest: str) -> None:
        """Note a content; the note is on disk when this returns."""
        with self._path.open("a") as file:
            # A leading newline ends the torn line that a crash may have left.
            file.write(f"\n{self._line(digest)}\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self._path.parent)
        self._lines.add(self._line(digest))

    def _line(self, digest: str) -> str:
        return f"{digest} {self._blobs.seal(digest)}"
