"""Where things are built: sandboxes with a way out to the registries, and nothing left of them."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_wove.runner import Plan
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.marks import Marks
from jupyter_wove_runner.containers import Container, Engine, Labels, surely
from jupyter_wove_runner.networks import Network
from jupyter_wove_runner.policy import NOWHERE, Mount, Policy
from jupyter_wove_runner.sandboxes import Sandboxes

CACHE = "cache"  # the role of volumes with what was downloaded
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

    here: Sandboxes

    @property
    def engine(self) -> Engine:
        """Give the engine."""
        return self.here.engine

    @property
    def folder(self) -> Path:
        """Say where the runner keeps what it must not forget."""
        return Path(self.here.settings.state_dir)

    @property
    def images(self) -> Marks:
        """Know when images of apps were built or wanted last."""
        return Marks(self.folder / "images")

    @property
    def caches(self) -> Marks:
        """Know when downloads were used last."""
        return Marks(self.folder / "caches")

    @asynccontextmanager
    async def way_out(
        self, job: Job, hosts: Iterable[str], trusted: Iterable[str] = ()
    ) -> AsyncIterator[Network]:
        """Have a network that leads to hosts that a plan names, and to those that are trusted."""
        here = self.here
        await here.egress.start(await here.images.have("egress", job.say))
        network = await here.networks.create(job.labels, served=False)
        try:
            await here.egress.allow(network, hosts, trusted=trusted, refused=job.refuse)
            yield network
        finally:
            await surely(self._closed(network))

    async def _closed(self, network: Network) -> None:
        await self.here.egress.forbid(network)
        await self.here.networks.remove(network.name)

    def policy(self, network: str = NOWHERE, *mounts: Mount, **limits: Any) -> Policy:
        """Say what a build may do."""
        settings = self.here.settings
        usual: dict[str, Any] = {
            "memory_mb": settings.build_memory_mb,
            "cpus": settings.build_cpus,
            "pids": PROCESSES,
            "tmp_mb": TMP_MB,
            "disk_mb": settings.build_disk_mb,
            "deadline": settings.build_seconds,
            "writable": True,
        }
        return self.here.policy(*mounts, network=network, **(usual | limits))

    def running(self, plan: Plan, network: str, *, writable: bool) -> Policy:
        """Say what notebooks may do while they are tried: what the app may do."""
        limits = {"memory_mb": plan.memory_mb, "cpus": plan.cpus, "writable": writable}
        return self.policy(network, **limits)

    @asynccontextmanager
    async def sandbox(
        self, job: Job, image: str, command: Sequence[str], policy: Policy
    ) -> AsyncIterator[Container]:
        """Have a container of a build."""
        out = {} if policy.network == NOWHERE else INSTALLING | self.here.environment()
        async with self.engine.container(
            image,
            command,
            policy,
            labels=job.labels,
            environment=EVERYWHERE | out,
            folder="/app",
        ) as container:
            yield container

    async def cache(self, owner: str) -> Mount:
        """Have the folder of downloads of one owner: no other may put something into it."""
        name = f"wove-{self.engine.runner}-cache-{owner}"
        if not await self.engine.has_volume(name):
            await self.engine.create_volume(name, Labels(role=CACHE))
        self.caches.touch(name)
        return Mount(name, "/cache", writable=True)
