"""Where a room keeps what is typed: the log of Wove, written a batch at a time."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from logging import Logger
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import UUID

from anyio import TASK_STATUS_IGNORED
from anyio.abc import TaskStatus
from pycrdt.store import BaseYStore, YDocNotFound

from jupyter_wove.kit.errors import Conflict, WoveError
from jupyter_wove.kit.logs import log
from jupyter_wove_server.serving import Serving

GATHER = 0.15  # seconds from one commit to the next; what comes meanwhile is stored together
LONGEST_PAUSE = 5.0  # seconds before writing is tried again where it could not be done
MOST_ENTRIES = 200  # of a log that is read as it is; a longer one is summed up first
SUM_UP_EVERY = 300.0  # seconds in which something was typed

if TYPE_CHECKING:  # loading what opens Wove would cost every start of a server
    from jupyter_wove.collaboration import Kept, Rooms

T = TypeVar("T")

_log = log(__name__)


class Batch:
    """What is stored together."""

    def __init__(self) -> None:
        self.updates: list[bytes] = []
        self.authors: set[str] = set()
        self.position: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.is_closed = False


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
        self.position = 0
        self.current: frozenset[str] = frozenset()
        self.behind: frozenset[str] = frozenset()
        self.was_writing = False  # the file, when a server died
        self.on_batch: Callable[[], Callable[[], None]] = lambda: lambda: None
        self.on_replaced: Callable[[], None] = lambda: None
        self._batches: deque[Batch] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._written = self._summed_up = time.monotonic()

    async def start(
        self,
        *,
        task_status: TaskStatus[None] = TASK_STATUS_IGNORED,
        from_context_manager: bool = False,
    ) -> None:
        """Be there: the log needs no task of its own, which would hold its room for ever."""
        task_status.started()
        self.started.set()

    async def stop(self) -> None:
        """Let go of nothing."""

    @property
    def is_idle(self) -> bool:
        """Whether everything is on disk."""
        return not self._batches

    async def read(self) -> AsyncIterator[tuple[bytes, bytes, float]]:
        """Read what was typed, first to last. Raises YDocNotFound where nothing was."""
        await self.flush()
        await self.sum_up(MOST_ENTRIES)
        history = await self.record(lambda: self.rooms.history(self.name))
        if history is None:
            raise YDocNotFound
        self.epoch, self.position = history.epoch, history.position
        self.current, self.behind = history.current, history.behind
        self.was_writing = history.is_writing
        for update in history.updates:
            yield update, b"", 0.0

    async def write(self, data: bytes) -> None:
        """Have an update stored; return once it is on disk."""
        self.add(data)
        await self.flush()

    def add(self, update: bytes, author: str = "") -> None:
        """Have an update stored soon; `author` is the id of the person, if it is one's."""
        if not self._batches or self._batches[-1].is_closed:
            self._batches.append(Batch())
        self._batches[-1].updates.append(update)
        if author:
            self._batches[-1].authors.add(author)
        if self._writing is None or self._writing.done():
            # Of the store, not of the room: what is typed last is stored after the room is gone.
            self._writing = asyncio.create_task(self._write())
            LogStore.busy.add(self)

    def cut(self) -> "asyncio.Future[int]":
        """Promise how far the log goes once all that came until now, and no more, is on disk."""
        if self._batches:
            self._batches[-1].is_closed = True
            return asyncio.shield(self._batches[-1].position)
        done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        done.set_result(self.position)
        return done

    async def flush(self) -> None:
        """Wait until all that came until now is on disk."""
        await self.cut()

    async def sum_up(self, least: int = 2) -> None:
        """Make the log short."""
        await self.record(lambda: self.rooms.sum_up(self.name, least))
        self._summed_up = time.monotonic()

    async def writing(self, digest: str, position: int) -> None:
        """Note what the file is going to hold, before it is written."""
        await self.record(lambda: self.rooms.writing(self.name, digest, position))

    async def written(self, digest: str, position: int) -> None:
        """Note what the file holds now."""
        await self.record(lambda: self.rooms.written(self.name, digest, position))

    async def merge(self, update: bytes, digest: str) -> None:
        """Store what somebody changed in the file."""
        epoch = self.epoch
        assert epoch is not None  # noqa: S101 — a room that is open has a history
        await self.record(lambda: self.rooms.merge(self.name, epoch, update, digest))

    async def bases(self) -> list[bytes]:
        """Read the states from which the file may have been changed."""
        return await self.record(lambda: self.rooms.bases(self.name))

    @property
    def rooms(self) -> "Rooms":
        """Reach the logs of all rooms, in a thread."""
        return self._serving.wove.rooms

    async def record(self, work: Callable[[], T]) -> T:
        """Run what reads or writes the log, in a thread."""
        return await self._serving.record(work)

    @property
    def _serving(self) -> Serving:
        if LogStore.serving is None:
            raise RuntimeError("The store of rooms needs the Wove extension.")
        return LogStore.serving

    async def _write(self) -> None:
        try:
            while self._batches:
                await asyncio.sleep(self._written + GATHER - time.monotonic())
                await self._store(self._batches[0])
            if time.monotonic() - self._summed_up > SUM_UP_EVERY:
                await self.sum_up()
        finally:
            LogStore.busy.discard(self)

    async def _store(self, batch: Batch) -> None:
        batch.is_closed = True
        tell = self.on_batch()
        pause = 0.1
        while not await self._keep(batch):
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        self._written = time.monotonic()
        self._batches.popleft()
        batch.position.set_result(self.position)
        tell()

    async def _keep(self, batch: Batch) -> bool:
        updates, authors = batch.updates, batch.authors
        try:
            kept: Kept = await self.record(
                lambda: self.rooms.keep(self.name, self.epoch, updates, authors)
            )
        except Conflict:
            _log.warning("a history was replaced; its room closes", room=self.name)
            self.on_replaced()
            return True
        except WoveError as error:  # the disk is full, the database is busy: nothing is lost yet
            _log.warning("a room waits to be stored", room=self.name, reason=str(error))
            return False
        self.epoch, self.position = kept.epoch, kept.position
        return True
