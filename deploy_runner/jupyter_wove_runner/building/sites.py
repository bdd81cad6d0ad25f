"""Sites on the runner's disk, each in a folder named by all that is in it."""

import os
import shutil
import time
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from jupyter_wove.kit.files import sync_folder
from jupyter_wove_runner.building.marks import DAY
from jupyter_wove_runner.building.trees import digest

DRAFTS = ".drafts"


class Sites:
    """The folder of all sites."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path:
        """Say where a site lies."""
        return self._folder / name

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """Have a folder to write a site into; it is gone afterwards unless it was kept."""
        draft = self._folder / DRAFTS / uuid.uuid4().hex
        draft.mkdir(parents=True)
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def keep(self, draft: Path) -> str:
        """Keep what was written, for good, in one step; return its name."""
        name = digest(draft)
        place = self.path(name)
        if place.exists():
            os.utime(place)  # it is wanted now, whoever made it
        else:
            _sync(draft)
            _move(draft, place)
            sync_folder(self._folder)
        return name

    def size(self, name: str) -> int:
        """Say how many bytes a site takes."""
        return sum(path.stat().st_size for path in self.path(name).rglob("*") if path.is_file())

    def forget(self, name: str) -> None:
        """Remove a site; it may be gone already."""
        shutil.rmtree(self.path(name), ignore_errors=True)

    def open(self) -> None:
        """Remove drafts that a runner left which was killed."""
        shutil.rmtree(self._folder / DRAFTS, ignore_errors=True)

    def sweep(self, needed: Collection[str]) -> None:
        """Remove sites of no release, but those that were just made: they are to be served now."""
        for path in self._folder.glob("[!.]*"):
            if path.name not in needed and time.time() - path.stat().st_mtime > DAY:
                self.forget(path.name)


def _move(draft: Path, place: Path) -> None:
    try:
        draft.rename(place)
    except OSError:
        if not place.exists():  # the same site was kept by another build meanwhile
            raise


def _sync(folder: Path) -> None:
    """Make all files, and the names of all, survive a power cut."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
