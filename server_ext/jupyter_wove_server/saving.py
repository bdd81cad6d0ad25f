"""A snapshot of a project soon after each of its files was saved in JupyterLab."""

import asyncio
import time
from pathlib import PurePosixPath
from typing import Any

from jupyter_server.serverapp import ServerApp

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.kit.logs import log
from jupyter_wove_server.serving import Serving

CONTENTS = "https://events.jupyter.org/jupyter_server/contents_service/v1"
CHANGES = {"save", "upload", "rename", "copy", "delete"}
QUIET = 2.0  # seconds without a save after which a snapshot is taken
LONGEST = 15.0  # seconds of saving without pause after which it is taken all the same

_log = log(__name__)


class Saving:
    """Hears of every change of a file, and has its project kept as it is a moment later."""

    def __init__(self, serving: Serving, quiet: float = QUIET, longest: float = LONGEST) -> None:
        self.serving = serving
        self.quiet = quiet
        self.longest = longest
        self._waiting: dict[str, tuple[float, str, asyncio.Task[None]]] = {}

    def listen(self, server: ServerApp) -> None:
        """Hear what the contents manager of a server tells."""
        assert server.event_logger is not None  # noqa: S101 — a server that runs has one
        server.event_logger.add_listener(schema_id=CONTENTS, listener=self.heard)

    async def heard(self, logger: Any, schema_id: str, data: dict[str, Any]) -> None:
        """Plan a snapshot, or put the planned one off while saving goes on."""
        if data["action"] in CHANGES:
            self._plan(str(PurePosixPath(data["path"].strip("/")).parent), data["path"])

    async def finish(self) -> None:
        """Take the snapshots that are still planned, now."""
        waiting, self._waiting = self._waiting, {}
        for _, path, task in waiting.values():
            task.cancel()
            await self._keep(path)

    def _plan(self, folder: str, path: str) -> None:
        since = time.monotonic()
        if folder in self._waiting:
            since, _, planned = self._waiting[folder]
            planned.cancel()
        wait = min(self.quiet, max(0.0, since + self.longest - time.monotonic()))
        task = asyncio.create_task(self._later(folder, path, wait))
        self._waiting[folder] = since, path, task

    async def _later(self, folder: str, path: str, wait: float) -> None:
        await asyncio.sleep(wait)
        del self._waiting[folder]
        await self._keep(path)

    async def _keep(self, path: str) -> None:
        try:
            await self.serving.change(lambda: self.serving.wove.upkeep.snapshot_around(path))
        except WoveError as error:
            _log.warning("no snapshot", path=path, reason=str(error))
