"""Where files are rendered: two at a time, beside everything else, each once."""

import asyncio
import contextlib
import contextvars
import hashlib
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from markupsafe import Markup

from jupyter_wove_server.pages.rendering import EDITION

T = TypeVar("T")
AT_A_TIME = 2
MOST_KEPT = 200_000_000  # bytes of renderings


class Press:
    """Renders, and keeps what it rendered on the disk until there is too much of it."""

    def __init__(self, folder: Path, most_kept: int = MOST_KEPT) -> None:
        self.folder = folder
        self.most_kept = most_kept
        self._threads = ThreadPoolExecutor(AT_A_TIME, "wove-page")

    async def run(self, work: Callable[[], T]) -> T:
        """Do something slow in a thread of its own, with the context of the caller."""
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._threads, context.run, work)

    def once(self, make: Callable[[], Markup], *named: str | bytes) -> Markup:
        """Render what has this name, or give what was rendered before."""
        place = self.folder / f"{_digest(EDITION, *named)}.html"
        with contextlib.suppress(OSError, UnicodeDecodeError):
            kept = Markup(place.read_text())  # noqa: S704  written by nobody else
            os.utime(place)
            return kept
        html = make()
        with contextlib.suppress(OSError):  # a full disk is no reason not to show it
            self._keep(place, html)
        return html

    def _keep(self, place: Path, html: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
            file.write(html.encode())
        Path(file.name).replace(place)
        self._forget()

    def _forget(self) -> None:
        """Let go of what was not looked at for longest, until the rest fits."""
        room = self.most_kept
        found = [(path, path.stat()) for path in self.folder.iterdir()]
        for path, stat in sorted(found, key=lambda each: each[1].st_mtime, reverse=True):
            room -= stat.st_size
            if room < 0:
                path.unlink(missing_ok=True)


def _digest(*named: str | bytes) -> str:
    digest = hashlib.sha256()
    for name in named:
        part = name.encode() if isinstance(name, str) else name
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()
