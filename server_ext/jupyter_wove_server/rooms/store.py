"""Where a room keeps what is typed: the log of Wove, written a batch at a time."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from logging import Logger
from typing import Any, ClassVar
from uuid import UUID

from pycrdt.store import BaseYStore, YDocNotFound

from jupyter_wove.kit.errors import Conflict, WoveError
from jupyter_wove.kit.logs import log
from jupyter_wove_server.serving import Serving

LONGEST_PAUSE = 5.0  # seconds before writing is tried again where it could not be done
MOST_ENTRIES = 200  # of a log that is read as it is; a longer one is summed up first
SUM_UP_EVERY = 300.0  # seconds in which something was typed

_log = log(__name__)


class LogStore(BaseYStore):
    """The history of one room: what comes while a batch is being stored is the next batch."""

    serving: ClassVar[Serving | None] = None
    busy: ClassVar[set["LogStore"]] = set()  # with something that is not stored yet

    def __init__(
        self,
        path: str,
        metadata_callback: Callable[[], Awaitable[bytes] | bytes] | None = None,
        log: Logger | None = None,
        config: Any = None,
    ) -> None:
        self.path = path
        self.name = path.removeprefix(".").removesuffix(".y")
        self.epoch: UUID | None = None
        self.files: frozenset[str] = frozenset()
        self._waiting: list[bytes] = []
        self._stored: asyncio.Future[None] | None = None
        self._writing: asyncio.Task[None] | None = None
        self._summed_up = time.monotonic()

    async def read(self) -> AsyncIterator[tuple[bytes, bytes, float]]:
        """Read what was typed, first to last. Raises YDocNotFound where nothing was."""
        await self.flush()
        await self.sum_up(MOST_ENTRIES)
        serving = self._serving
        history = await serving.record(lambda: serving.wove.rooms.history(self.name))
        if history is None:
            raise YDocNotFound
        self.epoch, self.files = history.epoch, history.files
        for update in history.updates:
            yield update, b"", 0.0

    async def write(self, data: bytes) -> None:
        """Have an update stored; return once it is on disk."""
        self._waiting.append(data)
        if self._stored is None:
            self._stored = asyncio.get_running_loop().create_future()
        if self._writing is None or self._writing.done():
            # Of the store, not of the room: what is typed last is stored after the room is gone.
            self._writing = asyncio.create_task(self._write())
            LogStore.busy.add(self)
        await asyncio.shield(self._stored)

    async def flush(self) -> None:
        """Wait until everything is on disk."""
        if self._stored is not None:
            await asyncio.shield(self._stored)

    async def sum_up(self, least: int = 2) -> None:
        """Make the log short."""
        serving = self._serving
        await serving.record(lambda: serving.wove.rooms.sum_up(self.name, least))
        self._summed_up = time.monotonic()

    async def writing(self, digest: str) -> None:
        """Note what the file is going to hold, before it is written."""
        serving = self._serving
        await serving.record(lambda: serving.wove.rooms.writing(self.name, digest))

    async def written(self, digest: str) -> None:
        """Note what the file holds now."""
        serving = self._serving
        await serving.record(lambda: serving.wove.rooms.written(self.name, digest))

    @property
    def _serving(self) -> Serving:
        if LogStore.serving is None:
            raise RuntimeError("The store of rooms needs the Wove extension.")
        return LogStore.serving

    async def _write(self) -> None:
        pause = 0.1
        try:
            while self._waiting:
                batch, stored = self._waiting, self._stored
                self._waiting, self._stored = [], None
                while not await self._keep(batch):
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
                if stored is not None:
                    stored.set_result(None)
            if time.monotonic() - self._summed_up > SUM_UP_EVERY:
                await self.sum_up()
        finally:
            LogStore.busy.discard(self)

    async def _keep(self, batch: list[bytes]) -> bool:
        serving = self._serving
        try:
            self.epoch = await serving.record(
                lambda: serving.wove.rooms.keep(self.name, self.epoch, batch)
            )
        except Conflict:
            _log.warning(
                "what was typed in a history that was replaced is not kept", room=self.name
            )
        except WoveError as error:  # the disk is full, the database is busy: nothing is lost yet
            _log.warning("a room waits to be stored", room=self.name, reason=str(error))
            return False
        return True
