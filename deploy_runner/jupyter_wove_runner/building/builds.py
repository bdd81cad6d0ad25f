"""Builds, from the files that were sent to an image or a site that can be served."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.runner import BuildOrder, Built, Checked, Message
from jupyter_wove_runner.building import collecting, trees
from jupyter_wove_runner.building.ahead import Ahead
from jupyter_wove_runner.building.checking import checked
from jupyter_wove_runner.building.environments import Environments
from jupyter_wove_runner.building.executing import executed, tried
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.packing import packed, prepared
from jupyter_wove_runner.building.place import Place
from jupyter_wove_runner.building.sites import Sites
from jupyter_wove_runner.building.sources import Sources
from jupyter_wove_runner.building.stacks import Stacks
from jupyter_wove_runner.building.sweeping import sweep
from jupyter_wove_runner.building.telling import Tell, told
from jupyter_wove_runner.building.ways import Way, way_of
from jupyter_wove_runner.scanning import Scanner
from jupyter_wove_runner.settings import WoveRunner

LITE = (
    "JupyterLite loads the Python of its visitors from a CDN unless its configuration names "
    "another place."
)


class Builds:
    """Builds what is ordered; without Docker, pages of saved notebooks and of plain sites."""

    def __init__(self, settings: WoveRunner, place: Place | None, problem: str = "") -> None:
        folder = Path(settings.state_dir)
        self._settings = settings
        self._scanner = Scanner(settings.scan, settings.scan_seconds)
        self._place = place
        self.ahead = Ahead(place) if place else None
        self._problem = problem
        self._sources = Sources(folder / "builds", settings.source_mb)
        self._sites = Sites(folder / "sites")
        self._going: dict[UUID, asyncio.Task[Any] | None] = {}

    async def receive(self, id_: UUID, pieces: AsyncIterator[bytes]) -> None:
        """Keep the files of a build that will be ordered."""
        await self._sources.receive(id_, pieces)

    async def check(self, order: BuildOrder) -> AsyncIterator[Message]:
        """Run all notebooks of what was sent, and tell of each; nothing is built or kept."""

        async def work(tell: Tell) -> Checked:
            async with self._alone(order.app_id), self._sources.unpacked(order.id) as source:
                return await self._checked(Job(order, source, tell))

        async with aclosing(told(work)) as messages:  # type: ignore[type-var]
            async for message in messages:
                yield message

    async def build(self, order: BuildOrder) -> AsyncIterator[Message]:
        """Build what is ordered, and tell of it; an earlier build of the same app is cancelled."""

        async def work(tell: Tell) -> Built:
            async with self._alone(order.app_id), self._sources.unpacked(order.id) as source:
                return await self._built(Job(order, source, tell))

        async with aclosing(told(work)) as messages:  # type: ignore[type-var]
            async for message in messages:
                yield message

    @asynccontextmanager
    async def _alone(self, app_id: UUID) -> AsyncIterator[None]:
        """End the build of an app that somebody ordered who may not even wait for it any more."""
        earlier, here = self._going.get(app_id), asyncio.current_task()
        self._going[app_id] = here
        try:
            if earlier is not None:
                earlier.cancel()
                await asyncio.wait([earlier])
            yield
        finally:
            if self._going.get(app_id) is here:
                del self._going[app_id]

    async def open(self) -> None:
        """Remove what was left by a runner that was killed."""
        await asyncio.to_thread(self._sources.open)
        await asyncio.to_thread(self._sites.open)

    async def sweep(self, needed: Collection[str]) -> None:
        """Remove what nobody used for long; images and sites of releases are `needed`."""
        await asyncio.to_thread(self._sources.sweep)
        await asyncio.to_thread(self._sites.sweep, needed)
        if self._place:
            await sweep(self._place, needed)
            await self._environments(self._place).sweep()

    async def _checked(self, job: Job) -> Checked:
        await self._scanned(job)
        if self._place is None or self.ahead is None:
            raise Unavailable(f"To run notebooks takes Docker: {self._problem}")
        async with self.ahead.after(job):
            async with way_of(job, self._place) as way:
                environment = await self._environments(self._place).have(job, way)
            return await checked(job, self._place, environment.image)

    async def _scanned(self, job: Job) -> None:
        if self._settings.scan:
            job.stage("scanning")
            await self._scanner.scan(job.source)

    async def _built(self, job: Job) -> Built:
        await self._scanned(job)
        if job.plan.base == "none":
            return await self._without_container(job)
        if self._place is None or self.ahead is None:
            raise Unavailable(
                f"{job.plan.kind} needs Docker, which there is not: {self._problem} Without it, "
                "only saved notebooks and plain sites can be made live."
            )
        async with self.ahead.after(job), way_of(job, self._place) as way:
            return await self._in_sandboxes(job, self._place, way)

    async def _without_container(self, job: Job) -> Built:
        if job.plan.kind == "site":
            site = await collecting.from_folder(job, self._sites)
        else:
            async with collecting.pages(job, self._sites) as write:
                site = await write(job.source)
        return self._site(site, "")

    async def _in_sandboxes(self, job: Job, place: Place, way: Way) -> Built:
        environment = await self._environments(place).have(job, way)
        if job.plan.site:
            site = await self._pages(job, place, environment.image, way)
            return self._site(site, environment.lock)
        image = await packed(job, place, environment.image, way)
        if job.plan.entry.endswith(".ipynb"):
            await tried(job, place, image)
        return Built(image, "", environment.lock, await place.engine.size(image))

    async def _pages(self, job: Job, place: Place, image: str, way: Way) -> str:
        if job.plan.kind == "executed":
            return await self._executed(job, place, image)
        if job.plan.kind == "jupyterlite":
            job.say(LITE)
        async with prepared(job, place, image, way) as container:
            return await collecting.from_container(job, self._sites, container)

    async def _executed(self, job: Job, place: Place, image: str) -> str:
        with self._sites.draft() as draft:
            project = draft / "project"
            async with collecting.pages(job, self._sites) as write:
                async with executed(job, place, image) as container:
                    await trees.take(container, "/app", project, collecting.LIMITS)
                return await write(project)

    def _site(self, site: str, lock: str) -> Built:
        return Built("", site, lock, self._sites.size(site))

    def _environments(self, place: Place) -> Environments:
        return Environments(place, Stacks(place.engine, place.folder / "stacks"))
