"""Gives memory back to the system after many rooms have closed; by itself, nobody does."""

import asyncio
import ctypes
import gc
import linecache
import urllib.parse
from functools import cache
from typing import Any

from jupyter_wove_server.serving import Serving

MANY = 50  # rooms; looking through all of Python's memory takes a tenth of a second
PAUSE = 1.0  # seconds after the last of them closed


class Giver:
    """Counts the rooms that close, and gives their memory back, once for many."""

    def __init__(self) -> None:
        self._closed = 0
        self._waiting: asyncio.TimerHandle | None = None

    def room_closed(self, serving: Serving | None) -> None:
        """Note that a room has closed; call it on the event loop."""
        self._closed += 1
        if self._closed < MANY:
            return
        if self._waiting is not None:
            self._waiting.cancel()
        loop = asyncio.get_running_loop()
        self._waiting = loop.call_later(PAUSE, self._give_back, loop, serving)

    def _give_back(self, loop: asyncio.AbstractEventLoop, serving: Serving | None) -> None:
        self._closed, self._waiting = 0, None
        loop.run_in_executor(None, give_back, serving)


def give_back(serving: Serving | None) -> None:
    """Give back what was used and is free now."""
    # What was kept meanwhile holds whole stretches of memory that are empty else: addresses
    # that were taken apart, lines of code, a trace of every question to the database.
    urllib.parse.clear_cache()  # type: ignore[attr-defined]
    linecache.clearcache()
    if serving is not None and serving.wove.database.is_sqlite:
        serving.wove.database.rest()
    gc.collect()
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Any:
    """Find what glibc has for it; None on systems with another allocator."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
