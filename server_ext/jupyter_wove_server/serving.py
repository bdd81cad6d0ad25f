"""What every handler needs: Wove itself, its settings, and threads to run operations in."""

import asyncio
import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from jupyter_wove.settings import Wove as Settings
from jupyter_wove_server.runner import serve_again

if TYPE_CHECKING:
    from jupyter_wove.ai import Eyes, InFront, Models
    from jupyter_wove.app import Wove
    from jupyter_wove.collaboration import Live
    from jupyter_wove.runner import RunnerSocket

T = TypeVar("T")
READERS, WRITERS, RECORDERS = 8, 4, 2


class Serving:
    """One Wove, served by one tornado application."""

    def __init__(self, settings: Settings, root: Path) -> None:
        self.settings = settings
        _ = settings.server_key  # read now, so that no kernel inherits it
        self.root = root
        self._wove: Wove | None = None
        self._models: Models | None = None
        self._opening = threading.Lock()
        self._readers = ThreadPoolExecutor(READERS, "wove-read")
        self._writers = ThreadPoolExecutor(WRITERS, "wove-write")
        self._recorders = ThreadPoolExecutor(RECORDERS, "wove-room")
        self.live: Live | None = None  # the documents that are edited now
        self.go_on: Callable[[str], None] | None = None  # with the agents of a chat
        self.eyes: Eyes | None = None  # of this server, for people
        self.address: Callable[[], str] = str  # where people reach this server, if it knows
        self.streams: set[asyncio.Future[None]] = set()  # done when nobody listens any more

    @property
    def wove(self) -> "Wove":
        """Open Wove when it is first needed. Takes a moment: ask for it in a thread."""
        with self._opening:
            if self._wove is None:
                self._wove = open_wove(self.settings, self.root)
                self._wove.live = self.live
                self._wove.go_on = self._go_on
                self._wove.eyes = self._see
                self._wove.is_reached_at(self.settings.address or self.address())
                self._wove.watch_again()
                serve_again(self._wove)
            return self._wove

    @property
    def models(self) -> "Models":
        """Open the models when one is first asked. Takes a moment: ask for it in a thread."""
        wove = self.wove
        with self._opening:
            if self._models is None:
                self._models = wove.open_models()
            return self._models

    @property
    def opened_models(self) -> "Models | None":
        """Reach the models where they are open already."""
        return self._models

    def _go_on(self, chat: str) -> None:
        """Have the agents of a chat go on; chats may begin long after Wove was opened."""
        if self.go_on is not None:
            self.go_on(chat)

    def _see(self, person: UUID, notebook: str, cell: str | None) -> "InFront | None":
        """Look at a notebook for a person; nothing is seen before there are chats."""
        return self.eyes(person, notebook, cell) if self.eyes else None

    async def look(self, work: Callable[[], T]) -> T:
        """Run what only reads, in a thread, with the context of the caller."""
        return await _run(self._readers, work)

    async def change(self, work: Callable[[], T]) -> T:
        """Run what may write, in a thread, so that slow writes leave readers alone."""
        return await _run(self._writers, work)

    async def record(self, work: Callable[[], T]) -> T:
        """Run what keeps the log of a room, in a thread that nothing slow ever takes."""
        return await _run(self._recorders, work)

    async def close_models(self) -> None:
        """Let go of the connections to models, if any was asked."""
        if self._models is not None:
            await self._models.close()

    def close(self) -> None:
        """End the streams, let what runs come to its end, and refuse what waits."""
        for gone in self.streams:
            if not gone.done():
                gone.set_result(None)
        for threads in (self._readers, self._writers, self._recorders):
            threads.shutdown(cancel_futures=True)
        with self._opening:
            if self._wove is not None:
                self._wove.close()


def open_wove(settings: Settings, root: Path) -> "Wove":
    """Open Wove as the settings say, for the projects below a folder, and set it to work."""
    from jupyter_wove.app import Wove  # noqa: PLC0415 — late: a quarter of a second, in a thread
    from jupyter_wove.collaboration import Limits  # noqa: PLC0415

    wove = Wove(
        settings.database_url,
        Path(settings.data_dir),
        root,
        settings.local_owner,
        settings.queue_url,
        Limits(settings.history_days, settings.history_limit),
        server_key=settings.server_key,
        search_engine=settings.search_engine,
        administrators=settings.administrators,
        catalogue=settings.catalogue,
        embedder=settings.embedder(),
    )
    wove.choose_runner = partial(_runner, settings, wove)
    wove.targets = settings.targets
    wove.resolvers = settings.app_resolvers
    wove.private_domains = settings.app_domains == "any"
    wove.start()
    return wove


def _runner(settings: Settings, wove: "Wove") -> "RunnerSocket":
    """Find the runner: a service, or else a child of this server."""
    from jupyter_wove.runner import choose_runner  # noqa: PLC0415 — with the first app

    folder = Path(settings.data_dir)

    def tell() -> None:
        wove.hosting.tell_all()

    return choose_runner(folder, settings.runner_socket, settings.runner_config, tell)


async def _run(threads: Executor, work: Callable[[], T]) -> T:
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(threads, context.run, work)
