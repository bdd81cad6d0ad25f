"""Versions of apps that run: each a container in a network of its own."""

import asyncio
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from jupyter_wove.kit.errors import NotFound, WoveError
from jupyter_wove.runner import App, Plan, Release
from jupyter_wove_runner import trust
from jupyter_wove_runner.apps.checking import NotWell, until_well
from jupyter_wove_runner.containers import Container, Labels, surely
from jupyter_wove_runner.networks import Network
from jupyter_wove_runner.proxy import Server, Site, Target
from jupyter_wove_runner.sandboxes import Sandboxes

log = logging.getLogger("wove.runner")
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
    """Starts versions and ends them. Without sandboxes, it has sites alone."""

    sites: Path
    here: Sandboxes | None
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
        here = self._here()
        network = await here.networks.create(_labels(app.id, release.id))
        try:
            return await self._started(here, app, release, network)
        except NotFound as error:
            raise NotWell(
                "What was built for this release is not there any more.", "Deploy it again."
            ) from error
        except WoveError as error:
            raise NotWell(f"The app could not be started: {error}") from error

    async def _started(
        self, here: Sandboxes, app: App, release: Release, network: Network
    ) -> Version:
        container = None
        try:
            if release.plan.hosts:
                await here.egress.start(await here.images.have("egress", _quietly))
                await here.egress.allow(network, release.plan.hosts)
            container = await self._created(here, app, release, network.name)
            await container.start()
            return await self._found(container, release, network.name)
        except BaseException:
            await surely(self._removed(here, release.plan, container, network.name))
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
        if version.container and self.here:
            await surely(self._removed(self.here, version.plan, version.container, ""))

    async def adopt(self, app: App, release: Release) -> Version | None:
        """Find a version that a runner before this one has started, and that still runs."""
        if self.here is None:
            return None
        for container in await self.here.engine.containers(_labels(app.id, release.id)):
            if await container.running():
                return await self._found(container, release, await _network_of(container))
        return None

    async def clear(self, is_served: Callable[[str, str], bool]) -> None:
        """Remove containers and networks of apps, by app and release, that are not served."""
        if self.here is None:
            return
        mine, kept = self.here.engine.ours(role=ROLE), set[str]()
        for container in await self.here.engine.containers(mine):
            with _tolerantly(f"The container {container.id}"):
                if is_served(container.labels.app, container.labels.release):
                    kept.add(await _network_of(container))
                else:
                    await container.remove()
        for network in await self.here.networks.found(mine):
            if network.name not in kept:
                with _tolerantly(f"The network {network.name}"):
                    await self._forbidden(self.here, network.name)
                    await self.here.networks.remove(network.name)

    async def forget(self, release: Release) -> None:
        """Remove what was built, which no app needs."""
        if release.image and self.here:
            with suppress(WoveError):  # somebody else still uses a part of it
                await self.here.engine.remove_image(release.image)
        folder = (self.sites / release.site).resolve()
        if release.site and folder.parent == self.sites.resolve():
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def forget_app(self, app_id: UUID) -> None:
        """Remove all images of an app, those that were never served among them."""
        if self.here:
            engine = self.here.engine
            for image in await engine.images(f"wove.runner={engine.runner}", f"wove.app={app_id}"):
                with suppress(WoveError):  # somebody else still uses a part of it
                    await engine.remove_image(image)

    def _here(self) -> Sandboxes:
        if self.here is None:
            raise NotWell("Apps that run need Docker, and this machine has none.")
        return self.here

    async def _created(
        self, here: Sandboxes, app: App, release: Release, network: str
    ) -> Container:
        plan = release.plan
        environment = trust.environment(here.settings.ca_bundle)
        environment |= here.egress.environment() if plan.hosts else {}
        return await here.engine.create(
            release.image,
            plan.start,
            here.policy(memory_mb=plan.memory_mb, cpus=plan.cpus, network=network),
            labels=_labels(app.id, release.id),
            environment=environment | app.environment | {"PORT": str(plan.port)},
            folder="",  # as its image says
        )

    async def _found(self, container: Container, release: Release, network: str) -> Version:
        host = await container.address(network)
        plan = release.plan
        target = Server(release.id, plan.kind, host=host, port=plan.port)
        return Version(release, target, container)

    async def _removed(
        self, here: Sandboxes, plan: Plan, container: Container | None, network: str
    ) -> None:
        if container:
            with suppress(WoveError):
                network = network or await _network_of(container)
            await container.remove()
        if plan.hosts:
            await self._forbidden(here, network)
        if network:
            await here.networks.remove(network)

    async def _forbidden(self, here: Sandboxes, name: str) -> None:
        """Let nobody out by the addresses of a network that goes."""
        for network in await here.networks.found(here.engine.ours(role=ROLE)):
            if network.name == name:
                with suppress(FileNotFoundError):  # nobody was ever let out
                    await here.egress.forbid(network)


@contextmanager
def _tolerantly(what: str) -> Iterator[None]:
    """Let apps not wait for something that cannot go now."""
    try:
        yield
    except WoveError as error:
        log.warning("%s is left: %s", what, error)


def _quietly(_: str) -> None:
    """Say nothing: builds made this image long ago."""


async def _network_of(container: Container) -> str:
    networks = (await container.shown())["NetworkSettings"]["Networks"]
    return next(iter(networks), "")


def _labels(app_id: UUID, release_id: UUID) -> Labels:
    return Labels(app=str(app_id), release=str(release_id), role=ROLE)
