"""Writes the members of an archive below one folder, and keeps the limits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jupyter_wove.kit.archives.limits import Limits, may_count, may_grow, may_hold
from jupyter_wove.kit.errors import BadRequest
from jupyter_wove.kit.paths import checked, shown, twin


@dataclass(frozen=True)
class Member:
    """A file or folder of an archive: its declared size in bytes, its content as it comes."""

    name: str
    folder: bool
    size: int
    chunks: Iterator[bytes]


class Tree:
    """What is written so far below `root`, a folder nobody else writes to."""

    def __init__(
        self, root: Path, limits: Limits, packed: int, between: Callable[[], None]
    ) -> None:
        self.root = root
        self.limits = limits
        self.files = 0
        self.bytes = 0
        self._packed = packed
        self._between = between
        self._names: dict[str, tuple[str, bool]] = {}

    def add(self, member: Member) -> None:
        """Write one member; raise BadRequest or TooLarge for one that may not be."""
        self._between()
        name = member.name.removeprefix("./")
        if member.folder and name in {"", "."}:
            return
        path = self._claimed(name.removesuffix("/") if member.folder else name, member.folder)
        if not member.folder:
            may_hold(self.limits, name, member.size)
            self._write(path, member.chunks)

    def _write(self, path: Path, chunks: Iterator[bytes]) -> None:
        self.files += 1
        with path.open("xb") as file:
            for chunk in chunks:
                self.bytes += len(chunk)
                may_grow(self.limits, self.bytes, self._packed)
                file.write(chunk)
                self._between()

    def _claimed(self, name: str, folder: bool) -> Path:
        """Find where a name goes, and make its folders; refuse it if its place is taken."""
        path = checked(name)
        if len(path.parts) > self.limits.depth:
            raise BadRequest(f"{shown(name)} lies more than {self.limits.depth} folders deep.")
        for parent in reversed(path.parents[:-1]):
            self._claim(parent, folder=True)
        self._claim(path, folder=folder)
        return self.root / path

    def _claim(self, path: PurePosixPath, *, folder: bool) -> None:
        text = str(path)
        known = self._names.get(twin(text))
        if known is None:
            self._names[twin(text)] = (text, folder)
            may_count(self.limits, len(self._names))
            if folder:
                (self.root / path).mkdir()
        elif known[0] != text:
            raise BadRequest(f"{shown(text)} and {shown(known[0])} are one file elsewhere.")
        elif not (folder and known[1]):
            raise BadRequest(f"{shown(text)} is in the archive twice.")
