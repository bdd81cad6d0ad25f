"""Environments that are made ready while the runner has nothing else to do."""

import asyncio
import math
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from jupyter_wove.kit.logs import log
from jupyter_wove.runner import READY
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.place import Place
from jupyter_wove_runner.building.preparing import prepare_one
from jupyter_wove_runner.building.stacks import STACKS, Stacks, wanted
from jupyter_wove_runner.images import Kind

REST = 20.0  # seconds without a build, after which nobody seems to want one
AGAIN = 15 * 60.0  # seconds until what failed, or was done, is looked at again
SPARE = 8 * 1024**3  # bytes that stay free where the engine keeps its images
IMAGES: tuple[Kind, ...] = ("base", "egress")

_log = log(__name__)


class Ahead:
    """Makes what is missing ready, one after the other; whoever builds goes first."""

    def __init__(self, place: Place) -> None:
        self.name = ""  # of the environment that is being made ready
        self._place = place
        self._stacks = Stacks(place.engine, place.folder / "stacks")
        self._task: asyncio.Task[None] | None = None
        self._builds, self._rested = 0, time.monotonic()
        self._nobody = asyncio.Event()  # builds
        self._nobody.set()

    async def keep(self) -> None:
        """Go on for as long as the runner runs, unless its settings say not to."""
        while self._place.here.settings.prepare and await self._prepared():
            pass
        self._note()

    @asynccontextmanager
    async def after(self, job: Job) -> AsyncIterator[None]:
        """Have a build go first; it waits where just what it wants is being made ready."""
        self._builds += 1
        self._nobody.clear()
        try:
            await self._make_way(job)
            yield
        finally:
            self._builds, self._rested = self._builds - 1, time.monotonic()
            if not self._builds:
                self._nobody.set()

    @property
    def packages(self) -> list[str]:
        """List what is being installed, if anything is."""
        return STACKS.get(self.name, [])

    async def stop(self) -> None:
        """Leave nothing of what is not done."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    # ------------------------------------------------------------------ within

    async def _make_way(self, job: Job) -> None:
        if self._task and self.name in wanted(job.plan):
            job.stage("installing")
            job.say(f"The environment {self.name!r} is being made ready: this waits for it.")
            await asyncio.wait([self._task])
        else:
            await self.stop()

    async def _prepared(self) -> bool:
        """Make one ready once nobody builds; it is given up as soon as somebody does."""
        due = await self._stacks.due()
        if not due:
            self._note()
        if not due or not await self._has_room():
            await asyncio.sleep(AGAIN)
            return True
        await self._at_rest()
        self._task = asyncio.create_task(self._one(due[0]))
        try:
            await asyncio.wait([self._task])
        finally:
            await self.stop()
            well, self._task = self._is_well(self._task), None
        if not well:
            await asyncio.sleep(AGAIN)
        return True

    async def _at_rest(self) -> None:
        """Wait until nobody has built for a while; each build at its end begins that anew."""
        while (left := self._rested + REST - time.monotonic()) > 0 or self._builds:
            await self._nobody.wait()
            await asyncio.sleep(left)

    async def _one(self, name: str) -> None:
        self.name = name
        try:
            for kind in IMAGES:  # builds need these themselves: they are not given up
                await asyncio.shield(self._place.here.images.have(kind, _say))
            await prepare_one(name, self._place, _say, patient=True)
        finally:
            self.name = ""

    def _is_well(self, task: asyncio.Task[None]) -> bool:
        """Tell whether nothing but a build kept it from being done."""
        error = None if task.cancelled() else task.exception()
        if error:
            _log.warning("an environment is not made ready", reason=str(error))
        return error is None

    async def _has_room(self) -> bool:
        """Tell whether there is room for it, as far as one sees from here."""
        folder = str((await self._place.engine.described()).get("DockerRootDir", ""))
        return await asyncio.to_thread(_free, folder) > SPARE

    def _note(self) -> None:
        """Say to whoever starts runners that this one need not be started for this."""
        self._place.folder.mkdir(parents=True, exist_ok=True)
        (self._place.folder / READY).touch()


def _free(folder: str) -> float:
    """Say how many bytes are free; an engine may be on another machine."""
    return shutil.disk_usage(folder).free if Path(folder).is_dir() else math.inf


def _say(text: str) -> None:
    _log.info("an environment is made ready", said=text.strip())
