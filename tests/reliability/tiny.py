"""A tiny disk of a server's own, which can be filled and freed while the server runs."""

import contextlib
from pathlib import Path

CHUNKS = [1 << 20, 1 << 16, 4096, 1]


class TinyDisk:
    """A file system in memory that only one process and its children see.

    It is mounted in a name space of the server's, so that nothing is left of it when the server
    has ended; from here it is reached through `/proc`.
    """

    def __init__(self, place: str, folder: Path, mebibytes: int) -> None:
        self.place = place
        self.folder = folder
        self.mebibytes = mebibytes
        self._process = 0
        folder.mkdir(parents=True)

    def around(self, command: list[str]) -> list[str]:
        """Say how to run a command that sees the disk."""
        mount = 'mount -t tmpfs -o "size=$1m" tmpfs "$2" && shift 2 && exec "$@"'
        run = ["sh", "-c", mount, "sh", str(self.mebibytes), str(self.folder), *command]
        return ["unshare", "--user", "--map-root-user", "--mount", *run]

    def belongs_to(self, process: int) -> None:
        """Name the process that sees the disk."""
        self._process = process

    @property
    def seen(self) -> Path:
        """Find the disk from outside of its name space."""
        return Path(f"/proc/{self._process}/root{self.folder}")

    def fill(self, pages_left: int = 0) -> None:
        """Leave no room, or that of some pages of 4 kB."""
        with (self.seen / "ballast").open("ab", buffering=0) as file:
            for chunk in CHUNKS:
                with contextlib.suppress(OSError):
                    while file.write(bytes(chunk)):
                        pass
            file.truncate(file.tell() - pages_left * 4096)

    def free(self) -> None:
        """Give the room back."""
        (self.seen / "ballast").unlink()
