"""Each app has a network of its own, and the way out of it leads to listed hosts only."""

import asyncio
import ipaddress
from contextlib import asynccontextmanager

import httpx
import pytest
from jupyter_wove_runner import networks
from jupyter_wove_runner.containers import Labels
from jupyter_wove_runner.egress import sentence
from jupyter_wove_runner.networks import Networks
from jupyter_wove_runner.policy import Policy

from jupyter_wove.kit.errors import InvalidRequest, StorageFull

ASK = """\
import os, sys, urllib.request as u
try: print(u.urlopen(sys.argv[1], timeout=20).status)
except u.HTTPError as e: print(e.code)
except OSError as e: print(e)
"""


@asynccontextmanager
async def network(here, app="one"):
    made = await here.networks.create(here.engine.ours(app=app))
    try:
        yield made
    finally:
        await here.egress.forbid(made)
        await here.networks.remove(made.name)


@asynccontextmanager
async def serving(here, network, *aliases):
    """Have a web server in a network, and its address."""
    command = ["python3", "-m", "http.server", "80", "--directory", "/opt"]
    policy = Policy(network=network, deadline=600)
    container = await here.engine.create(
        here.images.name("base"), command, policy, aliases=aliases
    )
    try:
        await container.start()
        yield await container.address(network)
    finally:
        await container.remove()


async def start(here):
    await here.egress.start(here.images.name("egress"))


async def ask(here, network, *command):
    """Run a command in a network, with all that it takes to go out; return what it said."""
    policy = here.policy(network=network.name, deadline=120, writable=True, tmp_mb=400)
    lines = []
    async with here.engine.container(
        here.images.name("base"), command, policy, environment=here.environment()
    ) as container:
        ended = await container.run(policy, lines.append)
    return ended, [line.text for line in lines]


async def open_page(here, network, address):
    _, lines = await ask(here, network, "python3", "-c", ASK, address)
    return lines[-1]


async def test_packages_come_from_the_registry_through_the_way_out(opened):
    install = "uv venv -q /tmp/v && uv pip install -q --python /tmp/v/bin/python msgspec"
    async with opened() as here:
        await start(here)
        async with network(here) as own:
            await here.egress.allow(own, [], trusted=here.trusted)
            ended, lines = await ask(here, own, "sh", "-c", install)
            assert here.egress.refused(own) == []
    assert ended.well, lines


async def test_pip_installs_as_uv_does(opened):
    install = "python3 -m venv /tmp/v && /tmp/v/bin/pip install -q --no-cache-dir toolz"
    async with opened() as here:
        await start(here)
        async with network(here) as own:
            await here.egress.allow(own, [], trusted=here.trusted)
            ended, lines = await ask(here, own, "sh", "-c", install)
    assert ended.well, lines


async def test_a_host_that_is_not_listed_is_refused_and_named(opened):
    told = []
    async with opened() as here:
        await start(here)
        async with network(here) as own:
            await here.egress.allow(own, ["listed.example"], refused=told.append)
            assert await open_page(here, own, "http://example.org/") == "403"
            assert await open_page(here, own, "http://example.org/again") == "403"
            for _ in range(100):
                if told:
                    break
                await asyncio.sleep(0.1)
            assert here.egress.refused(own) == ["example.org"]
    assert told == ["example.org"]
    assert sentence("example.org").startswith("example.org was refused: ")


async def test_what_an_administrator_trusts_may_be_inside_what_a_project_lists_may_not(opened):
    async with opened() as here:
        await start(here)
        uplink = await here.networks.uplink()
        async with network(here) as own, serving(here, uplink.name, "mirror.example"):
            await asyncio.sleep(1)
            await here.egress.allow(own, [], trusted=["mirror.example"])
            assert await open_page(here, own, "http://mirror.example/") == "200"
            await here.egress.allow(own, ["mirror.example"])
            assert await open_page(here, own, "http://mirror.example/") == "403"


async def test_each_network_has_a_list_of_its_own(opened):
    async with opened() as here:
        await start(here)
        uplink = await here.networks.uplink()
        async with (
            network(here) as own,
            network(here, "two") as other,
            serving(here, uplink.name, "mirror.example"),
        ):
            await asyncio.sleep(1)
            await here.egress.allow(own, [], trusted=["mirror.example"])
            await here.egress.allow(other, [], trusted=["another.example"])
            assert await open_page(here, own, "http://mirror.example/") == "200"
            assert await open_page(here, other, "http://mirror.example/") == "403"


async def test_a_list_changes_while_somebody_downloads(opened):
    """Nobody is cut off when another app gets its list."""
    async with opened() as here:
        await start(here)
        async with network(here) as own, network(here, "two") as other:
            await here.egress.allow(own, [], trusted=here.trusted)
            install = "uv venv -q /tmp/v && uv pip install -q --python /tmp/v/bin/python pandas"
            downloads = asyncio.create_task(ask(here, own, "sh", "-c", install))
            while not downloads.done():
                await here.egress.allow(other, ["listed.example"])
                await asyncio.sleep(0.05)
            ended, lines = await downloads
    assert ended.well, lines


async def test_the_way_out_is_taken_up_again_by_the_next_runner(opened):
    async with opened() as here:
        await start(here)
        (before,) = await here.engine.containers(here.engine.ours(role="egress"))
    async with opened() as here:
        await start(here)
        (after,) = await here.engine.containers(here.engine.ours(role="egress"))
    assert before.id == after.id


async def test_the_way_out_comes_back_when_it_was_killed(opened):
    async with opened() as here:
        await start(here)
        (container,) = await here.engine.containers(here.engine.ours(role="egress"))
        await asyncio.sleep(0.5)
        await container.kill()
        for _ in range(100):
            await asyncio.sleep(0.1)
            if await container.running():
                break
        assert await container.running()


@pytest.mark.parametrize("host", ["10.0.0.1", "1.2.3.4:80", "localhost", "a b.example", "x\n.y"])
async def test_only_names_of_hosts_can_be_listed(opened, host):
    async with opened() as here:
        await start(here)
        async with network(here) as own:
            with pytest.raises(InvalidRequest):
                await here.egress.allow(own, [host])


async def test_an_app_is_reached_from_here(opened):
    async with opened() as here, network(here) as own, serving(here, own.name) as address:
        await asyncio.sleep(1)
        async with httpx.AsyncClient(timeout=20) as client:
            assert (await client.get(f"http://{address}/")).status_code == 200


async def test_networks_have_addresses_of_their_own(opened):
    async with opened() as here, network(here) as one, network(here, "two") as two:
        subnets = [ipaddress.ip_network(each.subnet) for each in (one, two)]
    assert not subnets[0].overlaps(subnets[1])


async def test_it_is_said_when_all_addresses_are_taken(opened):
    async with opened() as here, network(here) as own:
        few = Networks(here.engine, own.subnet)
        with pytest.raises(StorageFull, match="Stop an app first"):
            await few.create(here.engine.ours(app="two"))


async def test_addresses_that_this_machine_reaches_otherwise_are_left_alone(
    opened, tmp_path, monkeypatch
):
    async with opened() as here:
        free = await here.networks.create(Labels(app="before"))
        await here.networks.remove(free.name)
        way = ipaddress.ip_network(free.subnet)
        first, mask = (_written(each) for each in (way.network_address, way.netmask))
        routes = f"Iface\tDestination\nbr0\t{first}\t00000000\t0001\t0\t0\t0\t{mask}\t0\t0\t0\n"
        (tmp_path / "route").write_text(routes)
        monkeypatch.setattr(networks, "ROUTES", tmp_path / "route")
        other = await here.networks.create(Labels(app="after"))
        await here.networks.remove(other.name)
    assert not way.overlaps(ipaddress.ip_network(other.subnet))


def _written(address):
    """Write an address as the kernel does."""
    return address.packed[::-1].hex().upper()
