"""What Docker tells while containers run: which of them ran out of memory, and which ended."""

import asyncio
import json
import time
from collections import defaultdict
from contextlib import suppress
from typing import Any

import aiohttp
from aiodocker import Docker

from jupyter_wove.kit.errors import WoveError
from jupyter_wove_runner.containers.asking import asked

PAUSE = 1.0  # seconds until an engine that went away is asked again


class Watch:
    """Listens to the engine for as long as the runner runs."""

    def __init__(self, docker: Docker, runner: str) -> None:
        self._docker = docker
        self._filters = json.dumps(
            {"event": ["oom", "die", "destroy"], "label": [f"wove.runner={runner}"]}
        )
        self._since = time.time()
        self._exhausted: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._died: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen."""
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Listen no longer."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    def forget(self, container: str) -> None:
        """Forget what happened in a container: it starts anew."""
        self._exhausted.pop(container, None)
        self._died.pop(container, None)

    def exhausted(self, container: str) -> bool:
        """Tell whether a process in the container was killed because its memory ran out."""
        return container in self._exhausted and self._exhausted[container].is_set()

    async def until_exhausted(self, container: str) -> None:
        """Wait until a process in the container is killed because its memory ran out."""
        await self._exhausted[container].wait()

    async def until_told_of_its_end(self, container: str, patience: float) -> None:
        """Wait until what happened in a container that ended has been told, for a while."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._died[container].wait(), patience)

    async def _listen(self) -> None:
        while True:
            with suppress(WoveError, aiohttp.ClientError):  # the engine is being restarted
                await self._follow()
            await asyncio.sleep(PAUSE)

    async def _follow(self) -> None:
        # aiodocker's own subscription ends for good when the engine goes away.
        wanted = {"filters": self._filters, "since": f"{self._since:.9f}"}
        async with asked(self._docker, "events", params=wanted) as response:
            async for line in response.content:
                self._take(json.loads(line))

    def _take(self, event: dict[str, Any]) -> None:
        container = event["Actor"]["ID"]
        self._since = event["timeNano"] / 1e9
        match event["Action"]:
            case "oom":
                self._exhausted[container].set()
            case "die":
                self._died[container].set()
            case "destroy":
                self.forget(container)
