"""Making the images that are not there yet."""

import asyncio
from collections import deque
from collections.abc import Callable

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove_runner import trust
from jupyter_wove_runner.containers import Engine
from jupyter_wove_runner.images.debian import choose, system
from jupyter_wove_runner.images.recipes import KINDS, PARENT, STEPS, Kind, name
from jupyter_wove_runner.networks import Networks
from jupyter_wove_runner.policy import Policy
from jupyter_wove_runner.registries import Registries
from jupyter_wove_runner.settings import WoveRunner

Say = Callable[[str], None]
LIMIT = 15 * 60  # seconds for one step
# What apt needs to install for others than root. No code of users runs with these.
APT = ("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "SETGID", "SETUID")


class Images:
    """Knows our images by name, and makes those that are missing."""

    def __init__(
        self, engine: Engine, networks: Networks, settings: WoveRunner, registries: Registries
    ) -> None:
        self._engine = engine
        self._networks = networks
        self._settings = settings
        self._registries = registries
        self._making = asyncio.Lock()

    def name(self, kind: Kind) -> str:
        """Say what an image is called: by its recipe, or as the settings say."""
        return str(self._settings.images.get(kind) or name(kind, self._settings.suite))

    async def missing(self) -> list[Kind]:
        """List those that are still to be made."""
        return [kind for kind in KINDS if not await self._engine.has_image(self.name(kind))]

    async def have(self, kind: Kind, say: Say) -> str:
        """Make an image if it is missing, and what it is made of; return its name.

        Raises Unavailable where it can't be made here.
        """
        async with self._making:
            return await self._have(kind, say)

    async def _have(self, kind: Kind, say: Say) -> str:
        image = self.name(kind)
        if await self._engine.has_image(image):
            return image
        if kind in self._settings.images:
            raise Unavailable(f"There is no image {image}, which the settings name for {kind}.")
        parent = await self._have(PARENT[kind], say) if kind in PARENT else await self._root(say)
        say(f"Making {image}")
        await self._step(parent, STEPS[kind], image, kind)
        return image

    async def _root(self, say: Say) -> str:
        """Have a bare system, which is no image for anybody but the next step."""
        debian = await choose(self._settings.suite, self._settings.mirror)
        image = self.name("base").replace(":", "-root:")
        if not await self._engine.has_image(image):
            say(f"Fetching {debian.suite} from its mirror: about a minute")
            async with system(debian, self._settings.proxy) as files:
                await self._engine.import_image(image, files, [f"LABEL wove.image={image}"])
        return image

    async def _step(self, parent: str, script: str, image: str, kind: Kind) -> None:
        uplink = await self._networks.uplink()
        policy = Policy(
            network=uplink.name,
            memory_mb=1024,
            pids=512,
            tmp_mb=512,
            deadline=LIMIT,
            writable=True,
            disk_mb=4096,
            user="0:0",
            capabilities=APT,
            mounts=trust.mounts(self._settings.ca_bundle),
        )
        said = deque[str](maxlen=20)
        command = ["sh", "-ec", script]
        async with self._engine.container(
            parent, command, policy, environment=self._environment()
        ) as container:
            ended = await container.run(policy, lambda line: said.append(line.text))
            if not ended.well:
                reason = f"{ended.reason(policy)} {' '.join(said)}"
                raise Unavailable(f"The image {image} could not be made. {reason}")
            await container.commit(image, labels={"wove.image": kind})

    def _environment(self) -> dict[str, str]:
        """Reach registries as this machine does: no code of users runs here."""
        proxy = self._settings.proxy
        proxies = dict.fromkeys(("http_proxy", "https_proxy"), proxy) if proxy else {}
        trusted = trust.environment(self._settings.ca_bundle)
        return (
            {"DEBIAN_FRONTEND": "noninteractive"}
            | trusted
            | self._registries.environment()
            | proxies
        )
