"""A kernel that somebody has taken: how it is reached, and how it ends."""

import asyncio
import signal
import time
from contextlib import suppress
from typing import Literal

from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.runner import KernelEnd
from jupyter_wove_runner.kernels.waiting import Waiting
from jupyter_wove_runner.policy import MEGABYTE

Files = Literal["copied", "read-only", "none"]
LEASE = 10.0  # seconds for which a kernel goes on while nobody waits for its end
MOST_FILES = 100_000  # that it may make
TOO_MUCH = "The kernel wrote more than the {} MB that it may and was stopped."
TOO_MANY = "The kernel wrote more files, or deeper folders, than it may and was stopped."
BY_SIGNAL = 128  # what exit codes of those begin with that a signal ended
ASKED = {BY_SIGNAL + each for each in (signal.SIGINT, signal.SIGKILL, signal.SIGTERM)}


class Held:
    """A kernel in use. It goes on for as long as somebody waits for its end."""

    def __init__(self, waiting: Waiting, files: Files) -> None:
        self.waiting = waiting
        self.files = files
        self._why = ""
        self._listeners = 0
        self._alone_since = time.monotonic()
        self._ending = asyncio.create_task(self._ended())

    async def end(self) -> KernelEnd:
        """Wait for its end, and keep it alive by that."""
        self._listeners += 1
        try:
            return await asyncio.shield(self._ending)
        finally:
            self._listeners -= 1
            self._alone_since = time.monotonic()

    async def signal(self, number: int) -> None:
        """Send it a signal; it may have ended."""
        with suppress(NotFound, Conflict):
            await self.waiting.container.kill(signal=str(number))

    def forsaken(self) -> bool:
        """Tell whether whoever started it is gone."""
        alone = time.monotonic() - self._alone_since
        return not self._listeners and alone > LEASE

    async def look_at_disk(self) -> None:
        """End it where it has written more than it may."""
        if not self._ending.done() and (why := await asyncio.to_thread(self._excess)):
            self._why = why
            await self.signal(signal.SIGKILL)

    async def gone(self) -> None:
        """Remove its container, and leave what it wrote."""
        await self.waiting.container.remove()
        with suppress(NotFound):
            await self._ending

    async def remove(self) -> None:
        """Leave nothing of it."""
        await self.gone()
        await asyncio.to_thread(self.waiting.room.remove)

    def _excess(self) -> str:
        """Say what it wrote too much, "" where that is within its limits."""
        limit = self.waiting.policy.disk_mb
        try:
            used, files = self.waiting.room.size()
        except OSError:  # nobody can look into folders that are closed, or as deep as that
            return TOO_MANY
        if files > MOST_FILES:
            return TOO_MANY
        return TOO_MUCH.format(limit) if used > limit * MEGABYTE else ""

    async def _ended(self) -> KernelEnd:
        try:
            code, exhausted = await self.waiting.container.ended()
        except NotFound:  # it was removed, as it was asked for
            return KernelEnd(0, "")
        return KernelEnd(code, self._why or self._reason(code, exhausted))

    def _reason(self, code: int, exhausted: bool) -> str:
        if exhausted and code:
            memory = self.waiting.policy.memory_mb
            return f"The kernel used more than its {memory} MB of memory and was stopped."
        if code == 0 or code in ASKED:
            return ""
        if code > BY_SIGNAL:
            return f"The kernel crashed: {_name(code - BY_SIGNAL)}."
        return f"The kernel ended by itself, with the exit code {code}."


def _name(number: int) -> str:
    try:
        return signal.strsignal(number) or str(number)
    except ValueError:
        return str(number)
