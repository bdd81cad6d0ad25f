"""A network for each app, in which there is nobody but the app and the way out."""

import asyncio
import ipaddress
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from jupyter_wove.kit.errors import StorageFull
from jupyter_wove_runner.containers import Engine, EngineFailed, Labels, or_undone, read_labels

Subnet = ipaddress.IPv4Network
SIZE = 29  # bits of an app's own network: the host, the way out, and four containers
BRIDGE = "wove"  # how the names of all our bridges begin; `firewall` goes by it
UPLINK = "uplink"
ROUTES = Path("/proc/net/route")
ATTEMPTS = 20
ISOLATES = 28  # the engine's version that can leave the host out of a network
NO_HOST = {"com.docker.network.bridge.gateway_mode_ipv4": "isolated"}


class Network(msgspec.Struct, frozen=True):
    """A network of ours."""

    name: str
    subnet: str
    labels: Labels

    @property
    def gateway(self) -> str:
        """Say which address the host has in it, unless the engine leaves the host out."""
        return str(next(Subnet(self.subnet).hosts()))

    def holds(self, address: str) -> bool:
        """Tell whether an address is one of this network."""
        return ipaddress.ip_address(address) in Subnet(self.subnet)


class Networks:
    """Makes networks out of a range of addresses, and finds those that are there."""

    def __init__(self, engine: Engine, addresses: str) -> None:
        self._engine = engine
        self._addresses = Subnet(addresses)

    async def create(self, labels: Labels, *, served: bool = True) -> Network:
        """Make a network that leads nowhere; what is not `served` need not be reached by us."""
        number = secrets.token_hex(4)
        options = {"com.docker.network.bridge.name": f"{BRIDGE}{number}"}
        if not served and await self._isolates():
            options |= NO_HOST
        name = f"wove-{self._engine.runner}-{number}"
        return await or_undone(self._made(name, labels, options, internal=True), self._undo)

    async def uplink(self) -> Network:
        """Have the network that leads out of the host, for nobody but the way out."""
        labels = self._engine.ours(role=UPLINK)
        if found := await self.found(labels):
            return found[0]
        return await self._made(f"wove-{self._engine.runner}-{UPLINK}", labels, {}, internal=False)

    async def found(self, labels: Labels) -> list[Network]:
        """List the networks with these labels."""
        return [_read(each) for each in await self._engine.links.found(labels)]

    async def remove(self, network: str) -> None:
        """Remove a network by its name; it may be gone already."""
        await self._engine.links.remove(network)

    async def _undo(self, network: Network) -> None:
        await self.remove(network.name)

    async def _made(
        self, name: str, labels: Labels, options: dict[str, str], *, internal: bool
    ) -> Network:
        labels = msgspec.structs.replace(labels, runner=self._engine.runner)
        for attempt, subnet in enumerate(_free(await self._taken(), self._addresses)):
            try:
                await self._engine.links.create(
                    name, str(subnet), internal=internal, options=options, labels=labels
                )
            except EngineFailed:  # somebody else took these addresses meanwhile
                if attempt == ATTEMPTS:
                    raise
            else:
                return Network(name, str(subnet), labels)
        raise StorageFull(f"All networks of {self._addresses} are taken. Stop an app first.")

    async def _taken(self) -> list[Subnet]:
        networks = await self._engine.links.found()
        of_engine = [subnet for each in networks for subnet in _subnets(each)]
        return of_engine + await asyncio.to_thread(_routed)

    async def _isolates(self) -> bool:
        version = str((await self._engine.described())["ServerVersion"])
        return int(version.partition(".")[0]) >= ISOLATES


def _free(taken: Sequence[Subnet], addresses: Subnet) -> Iterator[Subnet]:
    """Go through what nobody has."""
    here = [each for each in taken if each.overlaps(addresses)]
    for subnet in addresses.subnets(new_prefix=SIZE):
        if not any(subnet.overlaps(each) for each in here):
            yield subnet


def _routed() -> list[Subnet]:
    """List what this machine reaches already, such as bridges that another engine left behind."""
    if not ROUTES.exists():
        return []
    rows = [line.split() for line in ROUTES.read_text().splitlines()[1:]]
    ways = [Subnet((_address(row[1]), str(_address(row[7])))) for row in rows]
    return [way for way in ways if way.prefixlen]  # the others lead everywhere


def _address(written: str) -> ipaddress.IPv4Address:
    """Read an address as the kernel writes it: in hexadecimal, the last byte first."""
    return ipaddress.IPv4Address(bytes.fromhex(written)[::-1])


def _subnets(network: dict[str, Any]) -> list[Subnet]:
    configs = network["IPAM"]["Config"] or []
    found = [ipaddress.ip_network(each["Subnet"]) for each in configs if each.get("Subnet")]
    return [each for each in found if isinstance(each, Subnet)]


def _read(network: dict[str, Any]) -> Network:
    return Network(network["Name"], str(_subnets(network)[0]), read_labels(network["Labels"]))
