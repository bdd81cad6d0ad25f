"""Where things are built: sandboxes with a way out to the registries, and nothing left of them."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from jupyter_wove_runner import trust
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.containers import Container, Engine, Labels
from jupyter_wove_runner.egress import Egress
from jupyter_wove_runner.images import Images
from jupyter_wove_runner.networks import Network, Networks
from jupyter_wove_runner.policy import NOWHERE, Mount, Policy
from jupyter_wove_runner.registries import Registries
from jupyter_wove_runner.settings import WoveRunner

PROCESSES = 512
TMP_MB = 512
EVERYWHERE = {
    "PATH": "/opt/env/bin:/app/node_modules/.bin:/usr/local/bin:/usr/bin:/bin",
    "VIRTUAL_ENV": "/opt/env",
    "PYTHONUNBUFFERED": "1",
}
INSTALLING = {
    "UV_CACHE_DIR": "/cache/uv",
    "UV_LINK_MODE": "copy",  # the cache lies on a disk of its own
    "UV_NO_CONFIG": "1",
    "UV_NO_PROGRESS": "1",
    "UV_PYTHON_DOWNLOADS": "never",
    "npm_config_cache": "/cache/npm",
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_update_notifier": "false",
}


@dataclass(frozen=True)
class Place:
    """What a runner with Docker has for its builds."""

    engine: Engine
    images: Images
    networks: Networks
    egress: Egress
    registries: Registries
    settings: WoveRunner

    @property
    def folder(self) -> Path:
        """Say where the runner keeps what it must not forget."""
        return Path(self.settings.state_dir)

    @asynccontextmanager
    async def way_out(
        self, labels: Labels, hosts: Iterable[str], refused: Callable[[str], None]
    ) -> AsyncIterator[Network]:
        """Have a network that leads to the registries, and to hosts that a plan names."""
        network = await self.networks.create(labels, served=False)
        try:
            trusted = [*self.registries.hosts, *self.settings.hosts]
            await self.egress.allow(network, hosts, trusted=trusted, refused=refused)
            yield network
        finally:
            await self.egress.forbid(network)
            await self.networks.remove(network.name)

    def policy(self, network: str = NOWHERE, mounts: Sequence[Mount] = ()) -> Policy:
        """Say what a build may do."""
        return Policy(
            memory_mb=self.settings.build_memory_mb,
            cpus=self.settings.build_cpus,
            pids=PROCESSES,
            tmp_mb=TMP_MB,
            disk_mb=self.settings.build_disk_mb,
            deadline=self.settings.build_seconds,
            network=network,
            writable=True,
            mounts=(*trust.mounts(self.settings.ca_bundle), *mounts),
            runtime=self.settings.runtime,
        )

    def environment(self, network: str) -> dict[str, str]:
        """Say to programs where they are, and how they get out if they do."""
        if network == NOWHERE:
            return dict(EVERYWHERE)
        there = self.registries.environment() | self.egress.environment()
        return EVERYWHERE | INSTALLING | trust.environment(self.settings.ca_bundle) | there

    @asynccontextmanager
    async def sandbox(
        self, job: Job, image: str, command: Sequence[str], policy: Policy
    ) -> AsyncIterator[Container]:
        """Have a container of a build."""
        async with self.engine.container(
            image,
            command,
            policy,
            labels=job.labels,
            environment=self.environment(policy.network),
            folder="/app",
        ) as container:
            yield container

    async def cache(self, owner: str) -> Mount:
        """Have the folder of downloads of one owner: no other may put something into it."""
        name = f"wove-{self.engine.runner}-cache-{owner}"
        if not await self.engine.has_volume(name):
            await self.engine.create_volume(name, Labels(role="cache"))
        return Mount(name, "/cache", writable=True)
