"""What is known of each app on disk, so that it is served without Wove."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

import msgspec

from jupyter_wove.kit.files import durable, sync_folder
from jupyter_wove.runner import App, Release


class Record(msgspec.Struct):
    """An app, what was built of it, and which of that is served; Wove says what to forget."""

    app: App
    releases: list[Release]
    live: UUID | None
    state: Literal["live", "asleep", "stopped"]
    since: datetime
    problem: str = ""

    @property
    def release(self) -> Release | None:
        """Find what is served."""
        return next((each for each in self.releases if each.id == self.live), None)

    def remember(self, release: Release) -> None:
        """Remember a release as the latest, well or not: somebody has to remove it one day."""
        others = [each for each in self.releases if each.id != release.id]
        self.releases = [*others, release]


class Shelf:
    """A folder with a file for each app."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writing = asyncio.Lock()

    def records(self) -> Iterator[Record]:
        """Read all of them."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(self._folder.glob("*.json")):
            yield msgspec.json.decode(path.read_bytes(), type=Record)

    async def write(self, record: Record) -> None:
        """Keep a record, also through a power cut."""
        async with self._writing:  # what is written last is what is known last
            content = msgspec.json.encode(record)
            await asyncio.to_thread(_write, self._path(record.app.id), content)

    async def remove(self, app_id: UUID) -> None:
        """Forget an app."""
        await asyncio.to_thread(_remove, self._path(app_id))

    def _path(self, app_id: UUID) -> Path:
        return self._folder / f"{app_id}.json"


def _write(path: Path, content: bytes) -> None:
    with durable(path, 0o600) as file:
        file.write(content)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    sync_folder(path.parent)
