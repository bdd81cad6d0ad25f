"""Listen to a connection without a pause."""

import asyncio
from typing import Any

from tornado.ioloop import IOLoop
from tornado.iostream import IOStream


def keep_listening(stream: IOStream) -> None:
    """Let a stream listen on while a frame of it is taken.

    Tornado stops to listen then, and begins again a moment later: two calls to the system for each
    frame, a tenth of what a letter takes.
    """
    stream.io_loop = Patient(stream.io_loop)  # type: ignore[assignment]


class Patient:
    """A loop that is told a moment later what a stream waits for: mostly the same, by then."""

    def __init__(self, loop: IOLoop) -> None:
        self._loop = loop
        self._file: Any = None
        self._wanted: int | None = None  # what is not told yet
        self._told: int | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loop, name)

    def update_handler(self, file: Any, events: int) -> None:
        """Wait for other events on a file, from soon on."""
        self._file = file
        if self._wanted is None:
            asyncio.get_running_loop().call_soon(self._tell)
        self._wanted = events

    def remove_handler(self, file: Any) -> None:
        """Wait for nothing on a file, from now on."""
        self._wanted = self._told = self._file = None
        self._loop.remove_handler(file)

    def _tell(self) -> None:
        wanted, self._wanted = self._wanted, None
        if self._file is not None and wanted is not None and wanted != self._told:
            self._told = wanted
            self._loop.update_handler(self._file, wanted)
