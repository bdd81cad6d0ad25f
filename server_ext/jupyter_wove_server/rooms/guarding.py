"""Writing a file only while it is what it was: the last look is the one before it is emptied.

A contents manager is asked when a file was changed, and then takes its time until it writes: what
somebody else wrote in between would be gone.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jupyter_server.services.contents.fileio import FileManagerMixin, path_to_intermediate
from jupyter_server_ydoc.utils import OutOfBandChanges


@dataclass
class Writing:
    """A file that is to be written: when it was changed last, and when it was written then."""

    known: datetime
    written: datetime | None = None


class Guard:
    """Looks at the files that a contents manager writes, of those of whom it is said how they are.

    Jupyter writes in place, with a copy beside: it is as old as the file was that is emptied.
    """

    def __init__(self, manager: FileManagerMixin) -> None:
        self._write: Any = manager.atomic_writing
        self._known: dict[str, Writing] = {}
        manager.atomic_writing = self._atomic_writing  # type: ignore[method-assign]

    @contextmanager
    def expecting(self, place: str, known: datetime) -> Iterator[Writing]:
        """Have a file written only if it was changed last at this moment."""
        self._known[place] = writing = Writing(known)
        try:
            yield writing
        finally:
            del self._known[place]

    @contextmanager
    def _atomic_writing(self, os_path: str, *args: Any, **options: Any) -> Iterator[Any]:
        writing = self._known.get(os_path)
        if writing is None:
            with self._write(os_path, *args, **options) as file:
                yield file
            return
        _check(os_path, writing.known)
        with self._write(os_path, *args, **options) as file:
            _check(_copy_of(os_path), writing.known)  # where it differs, the copy is brought back
            yield file
            file.flush()
            # Before it is on the disk, which takes a while: what comes meanwhile is not ours.
            writing.written = _moment(os.fstat(file.fileno()))


def guard_of(manager: Any) -> Guard | None:
    """Find the guard of a contents manager; None where it does not write files as Jupyter does."""
    if not isinstance(manager, FileManagerMixin):
        return None
    guard: Guard | None = getattr(manager, "_wove_guard", None)
    if guard is None:
        guard = manager._wove_guard = Guard(manager)  # type: ignore[attr-defined]
    return guard


def place_of(manager: Any, path: str) -> Path:
    """Say where a file is, of a manager that writes files as Jupyter does."""
    return Path(manager._get_os_path(path))


def _check(place: str, known: datetime) -> None:
    with suppress(FileNotFoundError):
        if _modified(place) != known:
            raise OutOfBandChanges


def _modified(place: str) -> datetime:
    return _moment(Path(place).stat())


def _moment(found: os.stat_result) -> datetime:
    return datetime.fromtimestamp(found.st_mtime, UTC)


def _copy_of(place: str) -> str:
    return str(path_to_intermediate(place))  # type: ignore[no-untyped-call]
