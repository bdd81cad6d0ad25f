"""A small Debian in a folder, made by debootstrap from a mirror that this machine trusts."""

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove_runner.images.recipes import PACKAGES, PERSON, Debian
from jupyter_wove_runner.programs import ran

SOURCES = Path("/etc/apt")
SCRIPTS = Path("/usr/share/debootstrap/scripts")
KEYRING = "/usr/share/keyrings/{}-archive-keyring.gpg"
MIRROR = r"^(?:URIs:|deb\b.*?)\s*(https?://\S+/(?:debian|ubuntu)\S*)"
PIECE = 1024 * 1024  # bytes
PATIENCE = httpx.Timeout(30)  # seconds


async def choose(suite: str, mirror: str) -> Debian:
    """Take the suite where debootstrap and the mirror know it, else this machine's own."""
    release = _release()
    mirror = mirror or _mirror()
    keyring = KEYRING.format(release.get("ID", "debian"))
    known = (SCRIPTS / suite).exists() and await _there(f"{mirror}/dists/{suite}/InRelease")
    return Debian(suite if known else release["VERSION_CODENAME"], mirror, keyring)


@asynccontextmanager
async def system(debian: Debian, proxy: str) -> AsyncIterator[AsyncIterator[bytes]]:
    """Have the files of a small system, as a tar archive. Raises Unavailable."""
    if os.geteuid() != 0:
        raise Unavailable("Only root can make the images: run `wove-runner images` as root once.")
    with tempfile.TemporaryDirectory(prefix="wove-image-") as folder:
        root = Path(folder) / "root"
        root.mkdir()
        await _done([*_debootstrap(debian), str(root), debian.mirror], proxy)
        await _done(["chroot", str(root), "sh", "-ec", PERSON], proxy)
        yield _packed(root)


def _debootstrap(debian: Debian) -> list[str]:
    program = shutil.which("debootstrap", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise Unavailable("Images are made by debootstrap: apt-get install debootstrap")
    options = ["--variant=minbase", f"--include={','.join(PACKAGES)}"]
    if Path(debian.keyring).exists():
        options += [f"--keyring={debian.keyring}"]
    return [program, *options, debian.suite]


async def _done(command: list[str], proxy: str) -> None:
    """Run a program. Raises Unavailable with its last words where it fails."""
    proxies = {"http_proxy": proxy, "https_proxy": proxy} if proxy else {}
    done = await ran(command, environment=proxies)
    if not done.well:
        said = f"{done.printed}\n{done.complained}"[-1000:].strip()
        raise Unavailable(f"{Path(command[0]).name} failed: {said}")


async def _packed(root: Path) -> AsyncIterator[bytes]:
    process = await asyncio.create_subprocess_exec(
        "tar", "--directory", str(root), "--create", ".", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout  # noqa: S101  it was asked for
    while piece := await process.stdout.read(PIECE):
        yield piece
    await process.wait()


async def _there(address: str) -> bool:
    try:
        async with httpx.AsyncClient(timeout=PATIENCE, follow_redirects=True) as client:
            return (await client.head(address)).is_success
    except httpx.HTTPError:
        return False


def _release() -> dict[str, str]:
    lines = Path("/etc/os-release").read_text().splitlines()
    return {name: value.strip('"') for name, _, value in (line.partition("=") for line in lines)}


def _mirror() -> str:
    """Find the first mirror that apt knows. Raises Unavailable."""
    for file in sorted(SOURCES.rglob("*.sources")) + sorted(SOURCES.rglob("*.list")):
        if found := re.search(MIRROR, file.read_text(), re.M):
            return found[1].rstrip("/")
    raise Unavailable("apt on this machine knows no mirror: set `mirror` for the runner.")
