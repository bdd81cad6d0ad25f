"""Which of the processes that share a data folder still live, as far as that can be known.

Each holds a lock on a file of its own, and the system lets go of it when the process ends in
whatever way. A process id would not do: it is used again, and means nothing in a container.
"""

import fcntl
import os
import threading
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

BOOT = Path("/proc/sys/kernel/random/boot_id")


class Lifeline:
    """The lock that tells the others that this process lives; taken when it is first named."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._name = f"{_machine()}-{uuid4().hex}"
        self._handle: int | None = None
        self._taking = threading.Lock()

    @property
    def name(self) -> str:
        """Name this process, now that others can find out whether it lives."""
        with self._taking:
            if self._handle is None:
                self._handle = self._take()
        return self._name

    def ended(self, name: str) -> bool:
        """Tell whether a process is gone for certain; False also where nobody here can know."""
        file = self.folder / name
        if not name.startswith(f"{_machine()}-") or not file.is_file():
            return False  # of another machine, or with another data folder
        try:
            handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:  # it is held; or the file system knows no locks
            return False
        finally:
            os.close(handle)
        return True

    def forget_ended(self) -> None:
        """Remove the files of processes that are gone."""
        for file in self.folder.glob(f"{_machine()}-*"):
            if self.ended(file.name):
                file.unlink(missing_ok=True)

    def close(self) -> None:
        """End in good order: nothing of this process is left to take over."""
        with self._taking:
            if self._handle is not None:
                (self.folder / self._name).unlink(missing_ok=True)
                os.close(self._handle)
                self._handle = None

    def _take(self) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        # Locked before it has its name: nobody may find it free in between.
        unnamed = self.folder / f".{self._name}"
        handle = os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            with suppress(OSError):  # where locks are not known, nobody will see it ended
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            unnamed.rename(self.folder / self._name)
        except BaseException:
            os.close(handle)
            unnamed.unlink(missing_ok=True)
            raise
        return handle


def _machine() -> str:
    """Name this machine from its last start on: locks hold no longer, and reach no further."""
    return BOOT.read_text().strip() if BOOT.is_file() else os.uname().nodename
