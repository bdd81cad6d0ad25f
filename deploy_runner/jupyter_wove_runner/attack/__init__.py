"""An attack on real sandboxes, to see whether they hold on this machine and its Docker."""

from collections.abc import AsyncIterator
from importlib import resources
from typing import Any

import msgspec

from jupyter_wove.runner import Line, Row
from jupyter_wove_runner.attack.outside import disk_quota, outside
from jupyter_wove_runner.attack.places import INSIDE, LISTED, Place, listening, network, places
from jupyter_wove_runner.attack.rows import row
from jupyter_wove_runner.containers import Engine, EngineFailed
from jupyter_wove_runner.egress import Egress
from jupyter_wove_runner.networks import Network, Networks

__all__ = ["Place", "attack", "tried_inside"]


async def attack(
    engine: Engine, networks: Networks, egress: Egress, image: str, runtime: str = ""
) -> AsyncIterator[Row]:
    """Try everything in an app, a build and a kernel; say what came of it, as it comes."""
    uplink = await networks.uplink()
    async with (
        network(engine, networks) as own,
        network(engine, networks) as other,
        listening(engine, other.name, image, runtime) as neighbour,
        listening(engine, uplink.name, image, runtime) as service,
    ):
        await egress.allow(own, [LISTED, INSIDE])
        told = {
            "reach": _reach(own, neighbour, service),
            "ask": _ask(own, service),
            "proxy": egress.address,
        }
        for place in places(own.name, runtime):
            async for found in _tried(engine, image, place, told):
                yield found
        await egress.forbid(own)
    yield await disk_quota(engine)


async def _tried(
    engine: Engine, image: str, place: Place, told: dict[str, Any]
) -> AsyncIterator[Row]:
    for found in await tried_inside(engine, image, place, told):
        yield row(place.name, found["name"], found["stopped"], found["found"])
    async for each in outside(engine, image, place):
        yield each


async def tried_inside(
    engine: Engine, image: str, place: Place, told: dict[str, Any]
) -> list[dict[str, Any]]:
    """Run the attack in a sandbox; return what it says of each thing that it tried."""
    program = resources.files(__package__).joinpath("inside.py").read_text()
    given = msgspec.json.encode(told | {"fill": place.fills(), "cpus": place.policy.cpus}).decode()
    lines: list[Line] = []
    async with engine.container(
        image, ["python3", "-c", program, given], place.policy
    ) as container:
        ended = await container.run(place.policy, lines.append)
    if ended.code != 0:
        last = [line.text for line in lines[-3:]]
        raise EngineFailed(f"The attack broke off: {ended.reason(place.policy)} {last}")
    return [msgspec.json.decode(line.text) for line in lines if line.stream == "stdout"]


def _reach(own: Network, neighbour: str, service: str) -> dict[str, tuple[str, int]]:
    """Name whom it should not reach."""
    return {
        "this machine": (own.gateway, 1),
        "another app": (neighbour, 8000),
        "a service inside": (service, 8000),
        "the metadata of a cloud": ("169.254.169.254", 80),
    }


def _ask(own: Network, service: str) -> dict[str, str]:
    """Write requests that the way out should refuse."""
    return {
        "a name that is not listed": "CONNECT unlisted.example:443",
        "an address": f"CONNECT {service}:443",
        "an address without TLS": f"GET http://{service}:8000/",
        "another port": f"CONNECT {LISTED}:22",
        "a listed name that leads inside": f"GET http://{INSIDE}/",
        "this machine": f"CONNECT {own.gateway}:443",
        "its own machine": "GET http://127.0.0.1:3128/",
        "what it knows of itself": "GET http://localhost:3128/squid-internal-mgr/info",
        "the metadata of a cloud": "GET http://169.254.169.254/latest/meta-data/",
    }
