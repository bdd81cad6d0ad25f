"""Folders of this machine that kernels live in: their sockets, and what they write.

A kernel sees its own, at the same path. Paths of sockets must be short, so they lie in the
folder for temporary files.
"""

import os
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

from jupyter_wove.kit.files import durable


def person() -> tuple[int, int]:
    """Say as whom kernels run: as nobody of this machine, where we may choose."""
    return (1000, 1000) if os.geteuid() == 0 else (os.geteuid(), os.getegid())


class Room(msgspec.Struct, frozen=True):
    """The folder of one sandbox."""

    folder: Path

    @property
    def work(self) -> Path:
        """Say where its kernel works."""
        return self.folder / "work"

    @property
    def gate(self) -> Path:
        """Say through which pipe it is told whose it is."""
        return self.folder / "go"

    def ready(self) -> bool:
        """Tell whether its kernel waits to be taken."""
        return (self.folder / "ready").exists()

    def taken(self) -> bool:
        """Tell whether its kernel knows whose it is."""
        return (self.folder / "taken").exists()

    def hand_over(self, told: bytes) -> None:
        """Tell the kernel whose it is. Raises OSError where nobody waits at the pipe."""
        gate = os.open(self.gate, os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        with os.fdopen(gate, "wb") as pipe:
            pipe.write(told)

    def take_from(self, other: "Room") -> None:
        """Move here what a kernel that is gone left in its folder; follow no link of it."""
        for entry in os.scandir(other.work):
            Path(entry.path).rename(self.work / entry.name)

    def size(self) -> tuple[int, int]:
        """Count its bytes and its files. Raises OSError where it can't be looked through."""
        used, files, folders = 0, 0, [str(self.folder)]
        while folders:
            with suppress(FileNotFoundError), os.scandir(folders.pop()) as entries:
                for entry in entries:
                    files += 1
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        used += 512 * entry.stat(follow_symlinks=False).st_blocks
        return used, files

    def remove(self) -> None:
        """Remove it, whatever was made of it; nothing runs in it any more."""
        _remove(self.folder)


class Rooms:
    """Makes rooms, and removes those of a runner that was killed."""

    def __init__(self, state: Path) -> None:
        self._note = state / "kernels" / "rooms"
        self._place: Path | None = None

    def close(self) -> None:
        """Remove them all, and those that an earlier runner left."""
        with suppress(FileNotFoundError):
            left = Path(self._note.read_text())
            if left.is_dir() and left.lstat().st_uid == os.geteuid():
                _remove(left)
            self._note.unlink()
        self._place = None

    def new(self) -> Room:
        """Make a room with nothing in it but a place to work, and the pipe."""
        room = Room(Path(tempfile.mkdtemp(prefix="", dir=self._have_place())))
        room.work.mkdir()
        os.mkfifo(room.gate, 0o600)
        for path in (room.work, room.gate, room.folder):
            os.chown(path, *person())
        return room

    def name(self, kernel: str, room: Room) -> Path:
        """Have a path that stays the same for a kernel, whichever room it moves into."""
        link = self._have_place() / kernel
        link.unlink(missing_ok=True)
        link.symlink_to(room.folder)
        return link

    def forget(self, kernel: str) -> None:
        """Let go of the path of a kernel."""
        (self._have_place() / kernel).unlink(missing_ok=True)

    def _have_place(self) -> Path:
        if self._place is None:
            self._place = Path(tempfile.mkdtemp(prefix="wove-"))
            self._note.parent.mkdir(parents=True, exist_ok=True)
            with durable(self._note) as file:
                file.write(str(self._place).encode())
        return self._place


def _remove(folder: Path) -> None:
    """Remove a folder, also with closed folders in it, or deeper than a path is long."""
    for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
        subprocess.run([*command, "--", str(folder)], check=False, capture_output=True)  # noqa: S603 -- a path of ours
