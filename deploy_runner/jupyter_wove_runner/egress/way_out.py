"""The one container that leads out, connected with the networks of those who may go through it."""

import asyncio
import hashlib
import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from jupyter_wove.kit.errors import InvalidRequest, Unavailable, WoveError
from jupyter_wove_runner.containers import Container, Engine
from jupyter_wove_runner.egress.lists import Lists
from jupyter_wove_runner.egress.refusals import Refusals
from jupyter_wove_runner.networks import UPLINK, Network, Networks
from jupyter_wove_runner.policy import Mount, Policy

ALIAS = "egress"
PORT = 3128
ROLE = "egress"
SQUID = "13:13"  # whom Debian made for it
FILES = ("squid.conf", "listed.py")
PLACE = "/etc/wove"
COMMAND = ("squid", "-N", "-f", f"{PLACE}/squid.conf")
ADDRESS = re.compile(r"[0-9.]+(:\d+)?")
NAME = re.compile(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+(:\d{1,5})?")
PAUSE = 1.0  # seconds until it is started again


class Egress:
    """Lets the containers of a network out, to hosts that are listed for it and nowhere else."""

    def __init__(self, engine: Engine, networks: Networks, folder: Path, proxy: str = "") -> None:
        self._engine = engine
        self._networks = networks
        self._folder = folder
        self._proxy = proxy
        self._lists = Lists(folder / "list.json")
        self._refusals = Refusals()
        self._following: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._container: Container | None = None

    async def start(self, image: str) -> None:
        """Have it run, as it did before where nothing of it has changed; it may run already."""
        async with self._starting:
            if not self._following:
                await self._start(image)

    async def _start(self, image: str) -> None:
        self._write()
        key = self._key(image)
        running = await self._engine.containers(self._engine.ours(role=ROLE))
        kept = [each for each in running if each.labels.release == key]
        for container in running:
            if container not in kept[:1]:
                await container.remove()
        self._container = kept[0] if kept else await self._made(image, key)
        await self._container.start()
        self._following = asyncio.create_task(self._keep())

    async def settle(self) -> None:
        """Let nobody out any more whose network is gone."""
        if self._lists.any():
            self._lists.keep(await self._networks.found(self._engine.ours()))

    async def leave(self) -> None:
        """End it where nobody is let out; whoever needs it next has it again in a second."""
        if self._lists.any():
            return
        await self.stop()
        with suppress(WoveError):  # the engine may have gone before us
            for container in await self._engine.containers(self._engine.ours(role=ROLE)):
                await container.remove()
            for network in await self._networks.found(self._engine.ours(role=UPLINK)):
                await self._networks.remove(network.name)

    async def stop(self) -> None:
        """Follow it no longer; it goes on for apps that do."""
        if self._following:
            self._following.cancel()
            await asyncio.wait([self._following])

    async def allow(
        self,
        network: Network,
        hosts: Iterable[str],
        *,
        trusted: Iterable[str] = (),
        refused: Callable[[str], None] | None = None,
    ) -> None:
        """Let a network out to these hosts, and be told of each that is refused, once.

        What an administrator has `trusted` may be anywhere, `hosts` only outside: projects ask
        for them. Raises InvalidRequest for what is not the name of a host.
        """
        asked = [_name(host) for host in hosts]
        self._refusals.expect(network, refused)
        self._lists.write(network, asked, [each.lower() for each in trusted])
        await self._engine.links.connect(network.name, self._running().id, [ALIAS])

    async def forbid(self, network: Network) -> None:
        """Let a network out no longer."""
        self._lists.remove(network)
        self._refusals.forget(network)
        if self._container:
            await self._engine.links.disconnect(network.name, self._container.id)

    def refused(self, network: Network) -> list[str]:
        """List the hosts that were asked for from a network and refused, each once."""
        return self._refusals.of(network)

    @property
    def address(self) -> str:
        """Say where it is, as a sandbox sees it."""
        return f"{ALIAS}:{PORT}"

    def environment(self) -> dict[str, str]:
        """Say to programs in a sandbox where the way out is."""
        address = f"http://{self.address}"
        names = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
        here = "localhost,127.0.0.1"
        return dict.fromkeys(names, address) | {"NO_PROXY": here, "no_proxy": here}

    async def _made(self, image: str, key: str) -> Container:
        uplink = await self._networks.uplink()
        policy = Policy(
            network=uplink.name,
            memory_mb=256,
            pids=32,
            user=SQUID,
            mounts=(Mount(str(self._folder), PLACE),),
        )
        labels = self._engine.ours(role=ROLE, release=key)
        container = await self._engine.create(image, COMMAND, policy, labels=labels)
        for network in self._lists.keep(await self._networks.found(self._engine.ours())):
            await self._engine.links.connect(network.name, container.id, [ALIAS])
        return container

    async def _keep(self) -> None:
        """Hear whom it refuses, for as long as the runner runs; start it again where it ends."""
        while True:
            with suppress(WoveError):
                await self._hear()
                await self._running().start()
            await asyncio.sleep(PAUSE)

    async def _hear(self) -> None:
        rest = ""
        async for piece in self._running().follow(since=time.time()):
            *lines, rest = (rest + piece).split("\n")
            for line in lines:
                self._refusals.read(line)

    def _running(self) -> Container:
        if self._container is None:
            raise Unavailable("The way out of sandboxes does not run yet.")
        return self._container

    def _write(self) -> None:
        """Write what Squid reads."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o755)  # it is nobody's secret, and Squid is somebody else
        for name, text in self._files().items():
            (self._folder / name).write_text(text)

    def _files(self) -> dict[str, str]:
        here = resources.files(__package__)
        files = {name: here.joinpath(name).read_text() for name in FILES}
        files["squid.conf"] += _through(self._proxy)
        return files

    def _key(self, image: str) -> str:
        made_of = msgspec.json.encode([image, self._files(), str(self._folder)])
        return hashlib.sha256(made_of).hexdigest()[:12]


def _through(proxy: str) -> str:
    """Send all of it through the proxy of an organisation."""
    if not proxy:
        return ""
    there = urlsplit(proxy)
    login = f" login={there.username}:{there.password}" if there.username else ""
    peer = f"cache_peer {there.hostname} parent {there.port or 3128} 0 no-query no-digest default"
    return f"{peer}{login}\nnever_direct allow all\n"


def _name(host: str) -> str:
    """Take the name of a host, with a port where that is an unusual one. Raises InvalidRequest."""
    if not NAME.fullmatch(host.lower()) or ADDRESS.fullmatch(host):
        raise InvalidRequest(f"{host[:100]!r} is not the name of a host, such as example.org.")
    return host.lower()
