"""One writer at a time in a repository, among all threads and processes."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from jupyter_wove.kit.errors import Unavailable

PATIENCE = 60.0  # seconds; the first snapshot of a large folder takes a few
PAUSE = 0.005


@contextmanager
def locked(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Wait for the lock of a folder; raise Unavailable if it stays taken.

    The system frees it when its holder dies, and threads exclude each other like processes.
    """
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _wait(handle, monotonic() + patience)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, deadline: float) -> None:
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > deadline:
                raise Unavailable("Another task is busy with this project: try again.") from None
        sleep(PAUSE)
