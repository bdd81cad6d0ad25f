"""All that it takes to run code of others on this machine, opened and closed together."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from jupyter_wove.runner import Line
from jupyter_wove_runner import firewall, registries, trust
from jupyter_wove_runner.containers import Engine
from jupyter_wove_runner.egress import Egress
from jupyter_wove_runner.images import Images, name
from jupyter_wove_runner.networks import Networks
from jupyter_wove_runner.policy import Mount, Policy
from jupyter_wove_runner.registries import Registries
from jupyter_wove_runner.scanning import Scanner
from jupyter_wove_runner.settings import WoveRunner


class Sandboxes(msgspec.Struct, frozen=True):
    """What builds, apps and kernels are made with."""

    settings: WoveRunner
    engine: Engine
    networks: Networks
    images: Images
    egress: Egress
    registries: Registries
    scanner: Scanner
    exposed: str  # why apps can reach services of this machine, if they can

    @property
    def trusted(self) -> list[str]:
        """Name the hosts that builds may reach: registries, and what the settings add."""
        return [*self.registries.hosts, *self.settings.hosts]

    def policy(self, *mounts: Mount, **limits: Any) -> Policy:
        """Say what code may do, within limits of its own."""
        shown = (*trust.mounts(self.settings.ca_bundle), *mounts)
        return Policy(runtime=self.settings.runtime, mounts=shown, **limits)

    def environment(self) -> dict[str, str]:
        """Say to programs whom to trust, and where the way out and the registries are."""
        trusted = trust.environment(self.settings.ca_bundle)
        return trusted | self.registries.environment() | self.egress.environment()


@asynccontextmanager
async def sandboxes(settings: WoveRunner) -> AsyncIterator[Sandboxes]:
    """Open all of it; the way out starts when it is first needed. Raises Unavailable."""
    async with Engine(settings.docker_url, settings.name) as engine:
        await engine.described()
        asking = registries.ask(partial(_said_in, engine, name("node", settings.suite)))
        found, exposed = await asyncio.gather(asking, firewall.close())
        networks = Networks(engine, settings.subnets)
        egress = Egress(engine, networks, Path(settings.state_dir) / "egress", settings.proxy)
        images = Images(engine, networks, settings, found)
        scanner = Scanner(settings.scan, settings.scan_seconds)
        try:
            yield Sandboxes(settings, engine, networks, images, egress, found, scanner, exposed)
        finally:
            await egress.stop()


async def _said_in(engine: Engine, image: str, command: Sequence[str]) -> str:
    """Return what a program of an image prints, nothing where there is no such image yet."""
    if not await engine.has_image(image):
        return ""
    policy, lines = Policy(deadline=60), list[Line]()
    async with engine.container(image, command, policy) as container:
        ended = await container.run(policy, lines.append)
    return lines[0].text if ended.well and lines else ""
