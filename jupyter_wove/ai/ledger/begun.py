"""What is asked before the database knows of it: a file that outlives the process.

The database takes milliseconds to have a row on disk, this some microseconds: what a process has
written to a file is there however it ends, only not after a power cut.
"""

import fcntl
import os
import threading
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import insert, select

from jupyter_wove.accounts import PersonRow
from jupyter_wove.ai.ledger.models import Outcome
from jupyter_wove.ai.ledger.tables import ATTEMPTS
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectRow

FOLDER = "asked"
IDS = ("id", "person_id", "project_id", "use_id")


class Begun:
    """The attempts that this process has begun and not written into the database yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ids = set[UUID]()
        self._file: int | None = None
        self._lock = threading.Lock()

    def add(self, row: dict[str, Any]) -> None:
        """Note a row that the database will have soon. Raises OSError where there is no room."""
        with self._lock:
            if self._file is None:
                self._file = _locked(self._folder)
            os.write(self._file, msgspec.json.encode(row) + b"\n")
            self._ids.add(row["id"])

    def written(self, id_: UUID) -> None:
        """Forget a row that the database has now."""
        with self._lock:
            self._ids.discard(id_)
            if self._file is not None and not self._ids:
                os.ftruncate(self._file, 0)

    def close(self) -> None:
        """Leave what is noted to whoever comes next."""
        with self._lock:
            if self._file is not None:
                os.close(self._file)
                self._file = None


def take_up_lost(units: Units, folder: Path) -> None:
    """Write down what processes had begun that ended before the database knew of it."""
    for path in folder.glob("*.jsonl"):
        with path.open("rb") as file:
            if not _lock(file.fileno()):
                continue  # whoever began it lives
            for row in filter(None, map(_row, file)):
                _add(units, row)
            path.unlink(missing_ok=True)


def _locked(folder: Path) -> int:
    """Begin a file of this process, which others leave alone while it lives."""
    folder.mkdir(parents=True, exist_ok=True)
    # Locked before it has its name: nobody may find it free in between.
    unnamed = folder / f".{uuid4().hex}"
    handle = os.open(unnamed, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    _lock(handle)
    unnamed.rename(folder / f"{unnamed.name[1:]}.jsonl")
    return handle


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # it is held; or the file system knows no locks
        return False
    return True


def _row(line: bytes) -> dict[str, Any] | None:
    try:
        row: dict[str, Any] = msgspec.json.decode(line)
    except msgspec.DecodeError:  # it was killed while it wrote this, and has asked nobody
        return None
    ids = {name: UUID(row[name]) for name in IDS if row[name]}
    return row | ids | {"at": datetime.fromisoformat(row["at"]), "outcome": Outcome.LOST}


def _add(units: Units, row: dict[str, Any]) -> None:
    """Keep a row, unless it is there; without a person or a project that is gone meanwhile."""
    with units.write() as unit:
        if unit.session.scalar(select(ATTEMPTS.c.id).where(ATTEMPTS.c.id == row["id"])):
            return
        there = {
            name: unit.session.scalar(select(table.id).where(table.id == row[name]))
            for name, table in (("person_id", PersonRow), ("project_id", ProjectRow))
        }
        unit.session.execute(insert(ATTEMPTS), row | there)
