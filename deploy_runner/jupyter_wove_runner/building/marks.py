"""When something was used last, so that what nobody uses any more is removed one day."""

import time
from collections.abc import Iterable
from pathlib import Path

DAY = 24 * 3600.0  # seconds


class Marks:
    """A folder with an empty file for each thing; its time says when that was used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def touch(self, name: str) -> None:
        """Note that something is used now."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path(name).touch()

    def unused(self, name: str, seconds: float) -> bool:
        """Tell whether nobody used something for so long; time begins when it is first seen."""
        if not self._path(name).exists():
            self.touch(name)
        return time.time() - self._path(name).stat().st_mtime > seconds

    def keep(self, names: Iterable[str]) -> None:
        """Forget all others: they are gone."""
        there = {self._path(name) for name in names}
        for path in self._folder.glob("*"):
            if path not in there:
                path.unlink()

    def _path(self, name: str) -> Path:
        return self._folder / name.replace("/", "-")
