"""The image that kernels and single programs run in: Python, and what notebooks usually import."""

import asyncio
import hashlib
import time
from collections import deque

import msgspec

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove_runner.containers import Labels
from jupyter_wove_runner.sandboxes import Sandboxes

PACKAGES = ("ipykernel>=7,<8", "ipywidgets>=8,<9", "numpy", "pandas", "matplotlib")
PYTHON = "/opt/env/bin/python"
SECONDS = 15 * 60  # until whatever installs them is given up
FRESH = 60.0  # seconds for which an image that was there is taken to be there
INSTALL = """\
uv venv -q --python /usr/bin/python3 /opt/env
uv pip install -q --python /opt/env/bin/python --compile-bytecode --only-binary :all: "$@"
"""
QUIET = {
    "UV_CACHE_DIR": "/tmp/uv",  # noqa: S108  the sandbox's own
    "UV_LINK_MODE": "copy",
    "UV_NO_CONFIG": "1",
    "UV_NO_PROGRESS": "1",
    "UV_PYTHON_DOWNLOADS": "never",
}


class Environment:
    """Has the image, and makes it where it is missing."""

    def __init__(self, here: Sandboxes) -> None:
        self._here = here
        self._making = asyncio.Lock()
        self._seen = -FRESH, ""  # when it was there, and its name

    async def image(self) -> str:
        """Have the image; the first time that takes a minute. Raises Unavailable."""
        async with self._making:
            if time.monotonic() - self._seen[0] > FRESH:
                self._seen = time.monotonic(), await self._had()
            return self._seen[1]

    async def _had(self) -> str:
        base = await self._here.images.have("base", _quietly)
        name = f"wove-kernel:{_key(await self._here.engine.image(base))}"
        if not await self._here.engine.has_image(name):
            await self._make(base, name)
        return name

    async def _make(self, base: str, name: str) -> None:
        here = self._here
        await here.egress.start(await here.images.have("egress", _quietly))
        network = await here.networks.create(Labels(job=name), served=False)
        try:
            await here.egress.allow(network, [], trusted=here.trusted)
            await self._install(base, name, network.name)
        finally:
            await here.egress.forbid(network)
            await here.networks.remove(network.name)

    async def _install(self, base: str, name: str, network: str) -> None:
        here, said = self._here, deque[str](maxlen=10)
        policy = here.policy(
            network=network,
            memory_mb=1024,
            pids=512,
            tmp_mb=1024,
            deadline=SECONDS,
            writable=True,
            disk_mb=2048,
        )
        command = ["sh", "-ec", INSTALL, "sh", *PACKAGES]
        async with here.engine.container(
            base, command, policy, labels=Labels(job=name), environment=here.environment() | QUIET
        ) as container:
            ended = await container.run(policy, lambda line: said.append(line.text))
            if not ended.well:
                why = f"{ended.reason(policy)} {' '.join(said)}"
                raise Unavailable(f"What kernels in sandboxes need was not installed. {why}")
            await container.commit(name, labels={"wove.image": "kernel"})


def _key(base: str) -> str:
    made_of = msgspec.json.encode([base, PACKAGES, INSTALL])
    return hashlib.sha256(made_of).hexdigest()[:12]


def _quietly(_: str) -> None:
    """Say nothing."""
