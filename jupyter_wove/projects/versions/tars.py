"""All files of a version as one tar, made while it is read; the same files make the same tar."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from jupyter_wove.projects.repository import Entry

if TYPE_CHECKING:
    from jupyter_wove.projects.repository import Repository

BLOCK = 512  # bytes of which a tar has whole ones
CHUNK = 256 * 1024  # bytes
PLAIN, PROGRAM = 0o644, 0o755
EPOCH = 315_532_800  # the first moment that a zip can tell, and so a wheel


def tarred(repository: "Repository", version: str) -> Iterator[bytes]:
    """Write the files of a version as a tar. Raises TooLarge before it begins.

    Links, submodules and names that are unsafe on some disk are left out, as in a remix. What
    begins with `#!` is a program.
    """
    from jupyter_wove.projects.versions.archive import leaving  # noqa: PLC0415 — late: see there

    return _pieces(repository, version, leaving(repository, version))


def _pieces(repository: "Repository", version: str, entries: list[Entry]) -> Iterator[bytes]:
    for entry in entries:
        with repository.open(version, entry.path) as source:
            first = source.read(CHUNK)
            yield _header(entry, PROGRAM if first.startswith(b"#!") else PLAIN)
            yield first
            yield from iter(partial(source.read, CHUNK), b"")
        yield bytes(-entry.size % BLOCK)
    yield bytes(2 * BLOCK)


def _header(entry: Entry, mode: int) -> bytes:
    from tarfile import PAX_FORMAT, TarInfo  # noqa: PLC0415 — few deploy anything

    about = TarInfo(entry.path)
    about.size, about.mode, about.mtime = entry.size, mode, EPOCH
    return about.tobuf(PAX_FORMAT)
