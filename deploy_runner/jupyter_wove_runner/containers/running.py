"""A container that runs to its end: its log, its deadline, and the disk that it may fill."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Literal

import msgspec
from aiodocker.containers import DockerContainer
from aiodocker.stream import Stream

from jupyter_wove.kit.errors import WoveError
from jupyter_wove_runner.containers.errors import explained
from jupyter_wove_runner.containers.log import Hear, Log
from jupyter_wove_runner.policy import MEGABYTE, Policy

LOOK = 0.5  # seconds between two looks at the disk
LAST_WORDS = 5.0  # seconds for what is left when it should have ended
KILLED = 137


class Ended(msgspec.Struct, frozen=True):
    """How a container came to its end.

    `out_of_memory` is also true where only a child was killed, and the program went on and said
    that all is well.
    """

    code: int
    why: Literal["exited", "deadline", "disk"]
    out_of_memory: bool
    seconds: float

    @property
    def well(self) -> bool:
        """Tell whether it did what it should."""
        return self.code == 0 and self.why == "exited" and not self.out_of_memory

    def reason(self, policy: Policy) -> str:
        """Say in a sentence why it is not well."""
        if self.why == "deadline":
            return f"It was stopped after {policy.deadline:g} seconds: that is its limit."
        if self.why == "disk":
            return f"It was stopped: it wrote more than the {policy.disk_mb} MB that it may."
        if self.out_of_memory:
            return f"It used more than its {policy.memory_mb} MB of memory and was stopped."
        return f"It ended with the exit code {self.code}."


class Course:
    """One run: whatever ends it first says why."""

    def __init__(self, docker: DockerContainer, policy: Policy) -> None:
        self._docker = docker
        self._policy = policy
        self._began = time.monotonic()
        self._why: Literal["exited", "deadline", "disk"] = "exited"

    async def follow(self, hear: Hear) -> Ended:
        """Start the container, and hear it to its end."""
        async with self._heard(hear), self._within_its_disk():
            with explained():
                await self._docker.start()
            code = await self._until_deadline()
        return Ended(code, self._why, False, time.monotonic() - self._began)

    async def _until_deadline(self) -> int:
        try:
            async with asyncio.timeout(self._policy.deadline or None):
                return await waited(self._docker)
        except TimeoutError:
            self._why = "deadline"
        return await self._killed()

    async def _killed(self) -> int:
        """Kill it, and don't wait for what cannot even be killed: it is removed after this."""
        with suppress(WoveError), explained():  # it ended by itself in the last moment
            await self._docker.kill(signal="SIGKILL")
        with suppress(TimeoutError):
            return await asyncio.wait_for(waited(self._docker), LAST_WORDS)
        return KILLED

    @asynccontextmanager
    async def _heard(self, hear: Hear) -> AsyncIterator[None]:
        log = Log(hear)
        async with self._docker.attach(stdout=True, stderr=True) as stream:
            reading = asyncio.create_task(_read(stream, log))
            try:
                yield
                await asyncio.wait([reading], timeout=LAST_WORDS)
            finally:
                reading.cancel()
                log.close()

    @asynccontextmanager
    async def _within_its_disk(self) -> AsyncIterator[None]:
        if not self._policy.disk_mb:
            yield
            return
        looking = asyncio.create_task(self._look_at_disk())
        try:
            yield
        finally:
            looking.cancel()

    async def _look_at_disk(self) -> None:
        limit, written = self._policy.disk_mb * MEGABYTE, 0
        while written <= limit:
            await asyncio.sleep(LOOK)
            with explained():
                written = (await self._docker.show(size=1)).get("SizeRw", 0)
        self._why = "disk"
        await self._killed()


async def waited(docker: DockerContainer) -> int:
    """Wait until a container has ended; return its exit code."""
    with explained():
        return int((await docker.wait())["StatusCode"])


async def _read(stream: Stream, log: Log) -> None:
    while message := await stream.read_out():
        log.write(message.stream, message.data)
