"""All that it takes to run code of others on this machine, opened and closed together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from jupyter_wove_runner import firewall, registries, trust
from jupyter_wove_runner.containers import Engine
from jupyter_wove_runner.egress import Egress
from jupyter_wove_runner.images import Images
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
        found, exposed = await asyncio.gather(registries.ask(), firewall.close())
        networks = Networks(engine, settings.subnets)
        egress = Egress(engine, networks, Path(settings.state_dir) / "egress", settings.proxy)
        images = Images(engine, networks, settings, found)
        scanner = Scanner(settings.scan, settings.scan_seconds)
        try:
            yield Sandboxes(settings, engine, networks, images, egress, found, scanner, exposed)
        finally:
            await egress.stop()
