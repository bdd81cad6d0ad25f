"""Networks in Docker's words."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from aiodocker import Docker

from jupyter_wove.kit.errors import NotFound
from jupyter_wove_runner.containers.errors import EngineFailed, explained
from jupyter_wove_runner.containers.labels import Labels


class Links:
    """Makes networks, and connects containers with them."""

    def __init__(self, docker: Docker) -> None:
        self._docker = docker

    async def create(
        self,
        name: str,
        subnet: str,
        *,
        internal: bool,
        options: Mapping[str, str],
        labels: Labels,
    ) -> None:
        """Make a network. Raises EngineFailed where somebody has these addresses."""
        config = {
            "Name": name,
            "Driver": "bridge",
            "CheckDuplicate": True,
            "Internal": internal,
            "IPAM": {"Config": [{"Subnet": subnet}]},
            "Options": dict(options),
            "Labels": labels.written(),
        }
        with explained():
            await self._docker.networks.create(config)

    async def found(self, labels: Labels | None = None) -> list[dict[str, Any]]:
        """List networks as Docker describes them: all of them, or those with these labels."""
        filters = labels.filters() if labels else None
        with explained():
            return await self._docker.networks.list(filters=filters)

    async def connect(self, network: str, container: str, aliases: Sequence[str]) -> None:
        """Connect a container; it may be already."""
        config = {"Container": container, "EndpointConfig": {"Aliases": list(aliases)}}
        with explained():
            found = await self._docker.networks.get(network)
            if container not in (await found.show())["Containers"]:
                await found.connect(config)

    async def disconnect(self, network: str, container: str) -> None:
        """Disconnect a container; it may be already, and its network may be gone."""
        with suppress(NotFound, EngineFailed), explained():
            found = await self._docker.networks.get(network)
            await found.disconnect({"Container": container, "Force": True})

    async def remove(self, network: str) -> None:
        """Disconnect all that is left in a network, and remove it; it may be gone already."""
        with suppress(NotFound), explained():
            found = await self._docker.networks.get(network)
            for container in (await found.show())["Containers"]:
                await self.disconnect(network, container)
            await found.delete()
