"""Kernels that wait, so that the next one who wants one has it at once."""

import asyncio
import time
from pathlib import Path

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.kit.logs import log
from jupyter_wove_runner.kernels.rooms import Rooms
from jupyter_wove_runner.kernels.waiting import Waiting, begin
from jupyter_wove_runner.sandboxes import Sandboxes

UNUSED = 15 * 60.0  # seconds after which nobody seems to want another
PAUSE = 3.0  # seconds for which whoever has just begun has the processors for themselves
SPARE_MB = 1024  # of the machine's memory, that must be left for others
FREE = Path("/proc/meminfo")
POOLED = "pool"  # what is written on a container that is nobody's yet

_log = log(__name__)


class Pool:
    """Has kernels ready in one environment, once one was wanted there, while there is memory."""

    def __init__(self, here: Sandboxes, rooms: Rooms) -> None:
        self._here = here
        self._rooms = rooms
        self._ready: list[Waiting] = []
        self._image = ""
        self._wanted = 0.0
        self._filling: asyncio.Task[None] | None = None

    def take(self, image: str, memory_mb: int) -> Waiting | None:
        """Take one that waits in an environment, with just so much memory."""
        usual = memory_mb == self._here.settings.kernel_memory_mb
        return self._ready.pop() if self._ready and usual and image == self._image else None

    def refill(self, image: str) -> None:
        """Have another ready behind the scenes: somebody has just wanted one."""
        self._wanted = time.monotonic()
        if self._filling is None or self._filling.done():
            self._filling = asyncio.create_task(self._fill(image))

    async def tidy(self) -> None:
        """Let go of those that nobody wants, and of all where memory is short."""
        unwanted = time.monotonic() - self._wanted > UNUSED
        if self._ready and (unwanted or not _room(0)):
            await self._empty()

    async def close(self) -> None:
        """Let go of all."""
        if self._filling:
            self._filling.cancel()
            await asyncio.wait([self._filling])
        await self._empty()

    async def _fill(self, image: str) -> None:
        if image != self._image:
            await self._empty()
            self._image = image
        settings = self._here.settings
        await asyncio.sleep(PAUSE)
        try:
            while len(self._ready) < settings.kernel_pool and _room(settings.kernel_memory_mb):
                self._ready.append(await self._one(image, settings.kernel_memory_mb))
        except WoveError as error:  # who wants a kernel will hear it when they start one
            _log.warning("no kernel waits", reason=str(error))

    async def _one(self, image: str, memory_mb: int) -> Waiting:
        room = self._rooms.new()
        started = await begin(self._here, image, room, POOLED, memory_mb, ())
        try:
            await started.until_ready()
        except BaseException:
            await started.remove()
            raise
        return started

    async def _empty(self) -> None:
        ready, self._ready = self._ready, []
        await asyncio.gather(*(each.remove() for each in ready))


def _room(memory_mb: int) -> bool:
    """Tell whether the machine has so much memory to spare."""
    lines = FREE.read_text().splitlines() if FREE.exists() else []
    found = next((line.split()[1] for line in lines if line.startswith("MemAvailable:")), None)
    return found is None or int(found) // 1024 > SPARE_MB + memory_mb
