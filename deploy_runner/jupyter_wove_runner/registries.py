"""Where packages come from: asked of pip and npm, since only they know how they were set up."""

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

import msgspec

from jupyter_wove_runner.programs import ran

# What pip downloads from unless told otherwise, in its own words: the index, then its files.
PIPS_OWN = (
    "from pip._internal.models.index import PyPI as p; print(p.netloc, p.file_storage_domain)"
)
NPM = ("npm", "config", "get", "registry")
Asked = Callable[[Sequence[str]], Awaitable[str]]


class Registries(msgspec.Struct, frozen=True):
    """What sandboxes install from: the addresses that were set, and the hosts of all."""

    python: str
    node: str
    hosts: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """Say to uv, pip and npm where to look, where that was said to those of this machine."""
        python, node = self.python, self.node
        found = {"PIP_INDEX_URL": python, "UV_DEFAULT_INDEX": python, "npm_config_registry": node}
        return {name: value for name, value in found.items() if value}


async def ask(npm_in_image: Asked) -> Registries:
    """Ask pip and npm of this machine, or the npm of our image where this machine has none."""
    python, own, node = await asyncio.gather(
        _said(sys.executable, "-m", "pip", "config", "get", "global.index-url"),
        _said(sys.executable, "-c", PIPS_OWN),
        _said(shutil.which(NPM[0]) or "", *NPM[1:]),
    )
    node = node or await npm_in_image(NPM)
    hosts = _hosts(python) or own.split()
    return Registries(python, node, tuple(dict.fromkeys([*hosts, *_hosts(node)])))


def _hosts(address: str) -> list[str]:
    host = urlsplit(address).hostname
    return [host] if host else []


async def _said(*command: str) -> str:
    """Return what a program prints, nothing where it fails or does not exist."""
    if not command[0]:
        return ""
    asked = await ran(command)
    return asked.printed if asked.well else ""
