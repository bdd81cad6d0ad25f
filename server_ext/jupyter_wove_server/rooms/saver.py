"""When the file of a room is written: soon after the last change, not long after the first."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from jupyter_wove.kit.logs import log

MOST_UNSAVED = 5.0  # seconds after which a file is written, however busily people type
LONGEST_PAUSE = 60.0  # seconds before a file that could not be written is tried again

_log = log(__name__)


class Saver:
    """Writes a file after a pause of `delay` seconds in the changes; never where it is None."""

    def __init__(self, save: Callable[[], Awaitable[None]], delay: float | None) -> None:
        self._save = save
        self._delay = delay
        self._changed = 0.0
        self._task: asyncio.Task[None] | None = None
        self.unsaved_since: float | None = None

    def soon(self) -> None:
        """Have the file written; typing on does not put that off for ever."""
        self._changed = time.monotonic()
        if self.unsaved_since is None:
            self.unsaved_since = self._changed
        if self._delay is not None and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._when_due(self._delay))

    async def now(self) -> None:
        """Write the file."""
        since, self.unsaved_since = self.unsaved_since, None
        try:
            await self._save()
        except BaseException:
            self.unsaved_since = self.unsaved_since or since or time.monotonic()
            raise

    async def last(self) -> None:
        """Write the file if it is behind, and never again."""
        try:
            if self.unsaved_since is not None and self._delay is not None:
                await self.now()
        finally:
            if self._task is not None:
                self._task.cancel()

    async def _when_due(self, delay: float) -> None:
        failures = 0
        while self.unsaved_since is not None:
            due = min(self._changed + delay, self.unsaved_since + MOST_UNSAVED)
            if (pause := due - time.monotonic()) > 0:
                await asyncio.sleep(pause)
                continue
            try:
                await self.now()
                failures = 0
            except Exception as error:
                failures += 1
                _log.warning("a file could not be saved", reason=str(error), times=failures)
                await asyncio.sleep(min(2.0**failures, LONGEST_PAUSE))
