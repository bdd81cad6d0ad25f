"""All files of a version as one zip, made while it is read, so that it takes no room."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jupyter_wove.kit.archives import Limits
from jupyter_wove.kit.archives.limits import may_count, may_grow, may_hold
from jupyter_wove.projects.repository import Commit, Entry
from jupyter_wove.projects.repository.names import refused

CHUNK = 256 * 1024  # bytes
FIRST_YEAR, LAST_YEAR = 1980, 2107  # that a zip can tell
PLAIN_FILE = 0o100644 << 16

if TYPE_CHECKING:
    from jupyter_wove.projects.repository import Repository


class _Sink:
    """What was written of the zip and nobody has read yet."""

    def __init__(self) -> None:
        self._content = bytearray()

    def write(self, piece: bytes, /) -> int:
        """Take a piece."""
        self._content += piece
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what is here is at hand."""

    def close(self) -> None:
        """Do nothing: the end of the zip is still to be read."""

    def take(self, least: int = 1) -> Iterator[bytes]:
        """Give all of it away, where that is worth it."""
        if len(self._content) >= least:
            yield bytes(self._content)
            self._content.clear()


def zipped(repository: "Repository", commit: Commit, top: str) -> Iterator[bytes]:
    """Zip the files of a version below the folder `top`. Raises TooLarge before it begins.

    Links, submodules and names that are unsafe on some disk are left out, as in a remix.
    """
    return _pieces(repository, commit, leaving(repository, commit.id), top)


def leaving(repository: "Repository", version: str) -> list[Entry]:
    """List the files of a version that leave in an archive. Raises TooLarge."""
    entries = [each for each in repository.entries(version) if _is_safe(each.path)]
    _may_leave(entries)
    return entries


def _pieces(
    repository: "Repository", commit: Commit, entries: list[Entry], top: str
) -> Iterator[bytes]:
    sink, at = _Sink(), _moment(commit.at)
    with ZipFile(sink, "w") as archive:
        for entry in entries:
            about = _about(f"{top}/{entry.path}", at, entry.size)
            with (
                repository.open(commit.id, entry.path) as source,
                archive.open(about, "w") as target,
            ):
                for piece in iter(partial(source.read, CHUNK), b""):
                    target.write(piece)
                    yield from sink.take(CHUNK)
    yield from sink.take()


def _about(path: str, at: tuple[int, int, int, int, int, int], size: int) -> ZipInfo:
    about = ZipInfo(path, at)
    about.compress_type, about.external_attr, about.file_size = ZIP_DEFLATED, PLAIN_FILE, size
    return about


def _may_leave(entries: list[Entry]) -> None:
    limits = Limits()
    may_count(limits, len(entries))
    for entry in entries:
        may_hold(limits, entry.path, entry.size)
    may_grow(limits, total := sum(entry.size for entry in entries), total)


def _is_safe(path: str) -> bool:
    return not any(refused(name) for name in path.split("/"))


def _moment(at: datetime) -> tuple[int, int, int, int, int, int]:
    year = min(max(at.year, FIRST_YEAR), LAST_YEAR)
    return year, at.month, at.day, at.hour, at.minute, at.second
