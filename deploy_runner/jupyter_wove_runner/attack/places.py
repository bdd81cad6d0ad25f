"""Where code of others runs: an app, a build and a kernel, each as strict as the real ones."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from jupyter_wove_runner.containers import Engine
from jupyter_wove_runner.networks import Network, Networks
from jupyter_wove_runner.policy import NOWHERE, Policy

DEADLINE = 120  # seconds
LISTED = "listed.example"
INSIDE = "inside.example"  # what a service inside is called


class Place(msgspec.Struct, frozen=True):
    """A kind of sandbox."""

    name: str
    policy: Policy

    def fills(self) -> list[str]:
        """Say which folders it may try to fill; what a build writes is looked at from outside."""
        return ["/dev/shm"] if self.policy.writable else ["/var/tmp", "/tmp", "/dev/shm"]  # noqa: S108


def places(network: str, runtime: str) -> list[Place]:
    """List them."""
    app = Policy(network=network, deadline=DEADLINE, runtime=runtime)
    build = msgspec.structs.replace(app, writable=True, disk_mb=300)
    kernel = msgspec.structs.replace(app, network=NOWHERE)
    return [Place("app", app), Place("build", build), Place("kernel", kernel)]


@asynccontextmanager
async def listening(engine: Engine, network: str, image: str, runtime: str) -> AsyncIterator[str]:
    """Have somebody else's service in a network, with an address that nobody should reach."""
    policy = Policy(network=network, deadline=10 * DEADLINE, runtime=runtime)
    command = ["python3", "-m", "http.server", "8000"]
    container = await engine.create(image, command, policy, aliases=[INSIDE])
    try:
        await container.start()
        yield await container.address(network)
    finally:
        await container.remove()


@asynccontextmanager
async def network(engine: Engine, networks: Networks) -> AsyncIterator[Network]:
    """Have a network as an app has it."""
    made = await networks.create(engine.ours(app="attack"))
    try:
        yield made
    finally:
        await networks.remove(made.name)
