"""How often apps are visited, minute by minute, for thirty days."""

import asyncio
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from jupyter_wove.runner import Minute

SAMPLES = 500  # requests of a minute by which its p95 is told
DAYS = 30
ERRORS = 500
GONE = 499


class Count:
    """What is asked of one app; its minutes go to a file for each day."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._at = _now()
        self._requests = self._errors = 0
        self._samples: list[float] = []
        self._full: list[Minute] = []

    def note(self, status: int, seconds: float) -> None:
        """Count a request."""
        self._turn()
        self._requests += 1
        self._errors += status >= ERRORS
        if status == GONE:
            return
        if len(self._samples) < SAMPLES:
            self._samples.append(seconds * 1000)
        elif (place := random.randrange(self._requests)) < SAMPLES:  # noqa: S311  a sample
            self._samples[place] = seconds * 1000

    def minutes(self, days: int) -> list[Minute]:
        """Read the minutes in which something was asked, the oldest first."""
        self._turn()
        first = _now() - timedelta(days=min(days, DAYS))
        read = [minute for path in self._days() for minute in _read(path)]
        now = [self._minute()] if self._requests else []
        return [each for each in read + self._full + now if each.at >= first]

    def write(self, last: bool = False) -> None:
        """Bring to disk what is over, and forget what is too old."""
        self._turn()
        if last and self._requests:
            self._full.append(self._minute())
        full, self._full = self._full, []
        for minute in full:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / f"{minute.at:%Y-%m-%d}.jsonl").open("ab") as file:
                file.write(msgspec.json.encode(minute) + b"\n")
        for old in self._days()[:-DAYS] if full else []:
            old.unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove all that was counted."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _turn(self) -> None:
        """Begin another minute, where one is over."""
        if (now := _now()) != self._at:
            if self._requests:
                self._full.append(self._minute())
            self._at, self._requests, self._errors, self._samples = now, 0, 0, []

    def _minute(self) -> Minute:
        ordered = sorted(self._samples) or [0.0]
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        return Minute(self._at, self._requests, self._errors, round(p95, 1))

    def _days(self) -> list[Path]:
        return sorted(self._folder.glob("????-??-??.jsonl"))


class Counts:
    """The counts of all apps."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._counts: dict[UUID, Count] = {}

    def of(self, app_id: UUID) -> Count:
        """Find the count of an app."""
        if app_id not in self._counts:
            self._counts[app_id] = Count(self._folder / str(app_id))
        return self._counts[app_id]

    async def write(self, last: bool = False) -> None:
        """Bring to disk what is over, of all apps."""
        for count in list(self._counts.values()):
            await asyncio.to_thread(count.write, last)

    async def forget(self, app_id: UUID) -> None:
        """Remove what was counted of an app."""
        await asyncio.to_thread(self.of(app_id).forget)
        self._counts.pop(app_id, None)  # who removes it at the same time was first


def _now() -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0)


def _read(path: Path) -> list[Minute]:
    """Read a day; a line that was cut off when the machine went down is left out."""
    lines = path.read_bytes().splitlines()
    return [minute for line in lines if (minute := _minute(line))]


def _minute(line: bytes) -> Minute | None:
    try:
        return msgspec.json.decode(line, type=Minute)
    except msgspec.DecodeError:
        return None
