"""Versions of apps that run: each a container in a network of its own."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from jupyter_wove.kit.errors import NotFound, Unavailable, WoveError
from jupyter_wove.runner import App, Plan, Release
from jupyter_wove_runner.apps.checking import NotWell, until_well
from jupyter_wove_runner.containers import Container, Engine, Labels
from jupyter_wove_runner.networks import Networks
from jupyter_wove_runner.policy import Policy
from jupyter_wove_runner.proxy import Server, Site, Target

ROLE = "app"
GRACE = 5  # seconds for what an app does when it ends
INDEX = ("index.html", "404.html")


@dataclass(eq=False)
class Version:
    """A release that is served, and the container where it runs, unless it is a site."""

    release: Release
    target: Target
    container: Container | None = None

    @property
    def plan(self) -> Plan:
        """Say how it runs."""
        return self.release.plan


@dataclass(frozen=True)
class Hosting:
    """Starts versions and ends them. Without an engine, it has sites alone."""

    sites: Path
    engine: Engine | None
    networks: Networks | None
    runtime: str = ""
    deadline: float = 60.0

    def site(self, release: Release) -> Version:
        """Have a version that is a folder of pages. Raises NotWell."""
        folder = (self.sites / release.site).resolve()
        if not folder.is_relative_to(self.sites.resolve()) or not folder.is_dir():
            raise NotWell("The pages of this release are not there any more.", "Deploy it again.")
        if not any((folder / each).is_file() for each in INDEX):
            raise NotWell("The site has no index.html, so there is nothing to see at its address.")
        return Version(release, Site(release.id, release.plan.kind, folder=folder))

    async def start(self, app: App, release: Release) -> Version:
        """Start a container, which nobody visits yet. Raises NotWell."""
        engine, networks = self._engine()
        labels = _labels(app.id, release.id)
        network = (await networks.create(labels)).name
        try:
            container = await self._created(engine, app, release, network)
        except NotFound as error:
            await networks.remove(network)
            raise NotWell(
                "What was built for this release is not there any more.", "Deploy it again."
            ) from error
        except BaseException:
            await asyncio.shield(networks.remove(network))
            raise
        try:
            await container.start()
            return await self._found(container, release, network)
        except BaseException as error:
            await asyncio.shield(self._removed(container, network))
            if isinstance(error, WoveError):
                raise NotWell(f"The app could not be started: {error}") from error
            raise

    async def check(self, version: Version) -> None:
        """Wait until a version is well. Raises NotWell."""
        if version.container and isinstance(version.target, Server):
            host = version.target.host
            await until_well(version.container, host, version.plan, self.deadline)

    async def end(self, version: Version) -> None:
        """Let a version finish, then remove it."""
        if version.container is None:
            return
        with suppress(WoveError):  # it may have ended, or be gone
            await version.container.stop(GRACE)
        await self.drop(version)

    async def drop(self, version: Version) -> None:
        """Remove a version at once."""
        if version.container:
            await asyncio.shield(self._removed(version.container, ""))

    async def adopt(self, app: App, release: Release) -> Version | None:
        """Find a version that a runner before this one has started, and that still runs."""
        if self.engine is None:
            return None
        for container in await self.engine.containers(_labels(app.id, release.id)):
            if await container.running():
                network = await self._network_of(container)
                return await self._found(container, release, network)
        return None

    async def clear(self, is_served: Callable[[str, str], bool]) -> None:
        """Remove containers and networks of apps, by app and release, that are not served."""
        if self.engine is None or self.networks is None:
            return
        mine = self.engine.ours(role=ROLE)
        kept: set[str] = set()
        for container in await self.engine.containers(mine):
            if is_served(container.labels.app, container.labels.release):
                kept.add(await self._network_of(container))
            else:
                await container.remove()
        for network in await self.networks.found(mine):
            if network.name not in kept:
                await self.networks.remove(network.name)

    async def forget(self, release: Release) -> None:
        """Remove an image that no app needs."""
        if release.image and self.engine:
            with suppress(WoveError):  # somebody else still uses a part of it
                await self.engine.remove_image(release.image)

    def _engine(self) -> tuple[Engine, Networks]:
        if self.engine is None or self.networks is None:
            raise Unavailable("Apps that run need Docker, and this machine has none.")
        return self.engine, self.networks

    async def _created(
        self, engine: Engine, app: App, release: Release, network: str
    ) -> Container:
        plan = release.plan
        policy = Policy(
            memory_mb=plan.memory_mb, cpus=plan.cpus, network=network, runtime=self.runtime
        )
        return await engine.create(
            release.image,
            plan.start,
            policy,
            labels=_labels(app.id, release.id),
            environment=app.environment | {"PORT": str(plan.port)},
            folder="",
        )

    async def _found(self, container: Container, release: Release, network: str) -> Version:
        host = await container.address(network)
        plan = release.plan
        target = Server(release.id, plan.kind, host=host, port=plan.port)
        return Version(release, target, container)

    async def _network_of(self, container: Container) -> str:
        networks = (await container.shown())["NetworkSettings"]["Networks"]
        return next(iter(networks), "")

    async def _removed(self, container: Container, network: str) -> None:
        if not network:
            with suppress(WoveError):
                network = await self._network_of(container)
        await container.remove()
        if network and self.networks:
            await self.networks.remove(network)


def _labels(app_id: UUID, release_id: UUID) -> Labels:
    return Labels(app=str(app_id), release=str(release_id), role=ROLE)
