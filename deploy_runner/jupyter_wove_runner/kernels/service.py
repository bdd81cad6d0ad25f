"""The kernels of this runner, from their start to their end."""

import asyncio
import time
from pathlib import Path
from uuid import UUID

from jupyter_wove.kit.errors import Conflict, NotFound, Unavailable, WoveError
from jupyter_wove.kit.logs import log
from jupyter_wove.kit.paths import checked
from jupyter_wove.runner import KernelEnd, KernelOrder, StartedKernel
from jupyter_wove_runner.kernels import files
from jupyter_wove_runner.kernels.environment import Environment
from jupyter_wove_runner.kernels.held import LEASE, Files, Held
from jupyter_wove_runner.kernels.pool import Pool
from jupyter_wove_runner.kernels.rooms import Room, Rooms, person
from jupyter_wove_runner.kernels.waiting import SOCKETS, Waiting, begin
from jupyter_wove_runner.policy import Mount
from jupyter_wove_runner.sandboxes import Sandboxes

LOOK = 1.0  # seconds between two looks at what kernels do

_log = log(__name__)


class Kernels:
    """Starts kernels in sandboxes, and ends those that nobody wants any more."""

    def __init__(self, here: Sandboxes) -> None:
        self._here = here
        self.rooms = Rooms(Path(here.settings.state_dir))
        self._pool = Pool(here, self.rooms)
        self._held: dict[UUID, Held] = {}
        self._starting: set[UUID] = set()
        self._left: dict[UUID, tuple[float, Room]] = {}  # by kernels that will start again
        self.environment = Environment(here)
        self._tidying: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Remove what a runner that was killed has left, and begin."""
        engine = self._here.engine
        for container in await engine.containers(engine.ours()):
            if container.labels.kernel:
                await container.remove()
        await asyncio.to_thread(self.rooms.close)
        self._tidying = asyncio.create_task(self._tidy())

    async def close(self) -> None:
        """End all kernels, and leave nothing of them."""
        if self._tidying:
            self._tidying.cancel()
            await asyncio.wait([self._tidying])
        await self._pool.close()
        await asyncio.gather(*(kernel.remove() for kernel in self._held.values()))
        await asyncio.to_thread(self.rooms.close)

    async def start(self, order: KernelOrder) -> StartedKernel:
        """Start a kernel, or take one that waits. Raises Conflict, BadRequest, Unavailable."""
        if order.id in self._held or order.id in self._starting:
            raise Conflict("This kernel runs already.")
        source = await asyncio.to_thread(files.chosen, order.root, order.folder)
        place = str(checked(order.place)) if order.place else "."
        self._starting.add(order.id)
        try:
            return await self._start(order, source, place)
        finally:
            self._starting.discard(order.id)

    async def signal(self, id_: UUID, number: int) -> None:
        """Send a kernel a signal. Raises NotFound."""
        await self._found(id_).signal(number)

    async def end(self, id_: UUID) -> KernelEnd:
        """Wait for the end of a kernel. Raises NotFound."""
        return await self._found(id_).end()

    async def remove(self, id_: UUID, *, starts_again: bool) -> None:
        """Remove a kernel; keep for a moment what it wrote where it starts again."""
        held = self._held.pop(id_, None)
        if held is None:
            return
        if starts_again and held.files != "read-only":
            await held.gone()
            self._left[id_] = time.monotonic(), held.waiting.room
        else:
            await held.remove()
            self.rooms.forget(str(id_))

    async def _start(self, order: KernelOrder, source: Path | None, place: str) -> StartedKernel:
        image = await self.environment.image()
        memory_mb = order.memory_mb or self._here.settings.kernel_memory_mb
        _, left = self._left.pop(order.id, (0.0, None))
        few = source is None or left or await asyncio.to_thread(files.small_enough, source)
        waiting = self._pool.take(image, memory_mb) if few else None
        pooled = waiting is not None
        if waiting is None:
            shown = None if few else source
            waiting = await self._begin(order, image, memory_mb, shown)
        try:
            if few:
                await asyncio.to_thread(_furnish, waiting.room, source, left)
            await waiting.take(order.key, order.session, place)
        except BaseException:
            await waiting.remove()
            raise
        finally:
            if left:
                await asyncio.to_thread(left.remove)
        self._pool.refill(image)
        kind: Files = "none" if source is None else "copied" if few else "read-only"
        self._held[order.id] = Held(waiting, kind)
        ip = self.rooms.name(str(order.id), waiting.room) / SOCKETS
        return StartedKernel(str(ip), kind, pooled)

    async def _begin(
        self, order: KernelOrder, image: str, memory_mb: int, shown: Path | None
    ) -> Waiting:
        room = await asyncio.to_thread(self.rooms.new)
        mounts = [Mount(str(shown), str(room.work))] if shown else []
        waiting = await begin(self._here, image, room, str(order.id), memory_mb, mounts)
        try:
            await waiting.until_ready()
        except BaseException:
            await waiting.remove()
            raise
        return waiting

    def _found(self, id_: UUID) -> Held:
        if id_ not in self._held:
            raise NotFound("There is no such kernel.")
        return self._held[id_]

    async def _tidy(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            try:
                await self._look()
            except WoveError as error:  # the engine may be away for a moment
                _log.warning("kernels are not looked after", reason=str(error))

    async def _look(self) -> None:
        for id_, held in list(self._held.items()):
            if held.forsaken():
                await self.remove(id_, starts_again=False)
            else:
                await held.look_at_disk()
        for id_, (since, room) in list(self._left.items()):
            if time.monotonic() - since > LEASE:
                del self._left[id_]
                await asyncio.to_thread(room.remove)
                self.rooms.forget(str(id_))
        await self._pool.tidy()


def _furnish(room: Room, source: Path | None, left: Room | None) -> None:
    """Put into a room what its kernel works on: what it had before, or the files of a project."""
    try:
        if left:
            room.take_from(left)
        elif source:
            files.copy(source, room.work, person())
    except OSError as error:
        raise Unavailable(
            f"The files can't be copied for the kernel: {error.strerror}."
        ) from error
