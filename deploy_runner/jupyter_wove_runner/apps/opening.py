"""Everything that serving takes, put together."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from jupyter_wove.kit.files import durable
from jupyter_wove_runner.apps.hosting import Hosting
from jupyter_wove_runner.apps.records import Shelf
from jupyter_wove_runner.apps.service import Apps
from jupyter_wove_runner.apps.visits import Counts
from jupyter_wove_runner.proxy import Doors, Place, Reception, Sockets, client, free, received
from jupyter_wove_runner.sandboxes import Sandboxes
from jupyter_wove_runner.settings import WoveRunner

KEY = 32  # bytes
OWNER_ONLY = 0o700


@dataclass(frozen=True)
class Serving:
    """Where apps are kept and reached.

    `address` has `{slug}` in it, and `{port}` where that is not known before. Where `port` is 0,
    it is the same as the last time, if nobody else has taken it.
    """

    folder: Path
    listen: str = "127.0.0.1"
    port: int = 0
    address: str = "http://{slug}.localhost:{port}"


@asynccontextmanager
async def serving(where: Serving, hosting: Hosting) -> AsyncIterator[Apps]:
    """Serve apps to visitors until the end of the block."""
    where.folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    port = _remembered(where)
    place = Place(where.address.replace("{port}", str(port)), _key(where.folder / "key"))
    shelf, counts = Shelf(where.folder / "apps"), Counts(where.folder / "visits")
    apps = Apps(hosting, shelf, counts, place, Doors(), Sockets())
    async with client() as connections:
        reception = Reception(apps, apps.doors, place, connections, apps.sockets)
        await apps.open()
        try:
            async with received(reception, where.listen, port) as apps.port:
                yield apps
        finally:
            await apps.close()


@asynccontextmanager
async def apps_of(settings: WoveRunner, here: Sandboxes | None) -> AsyncIterator[Apps]:
    """Serve apps as the settings say; without sandboxes sites alone."""
    folder = Path(settings.state_dir)
    address, port = settings.apps_address, settings.apps_port
    where = Serving(folder / "serving", settings.apps_listen, port, address)
    hosting = Hosting(folder / "sites", here, settings.apps_check_seconds)
    async with serving(where, hosting) as apps:
        yield apps


def _remembered(where: Serving) -> int:
    """Take the port of the last time; addresses that people have noted stay right."""
    if where.port:
        return where.port
    path = where.folder / "port"
    wanted = int(path.read_text()) if path.is_file() else 0
    port = free(where.listen, wanted)
    if port != wanted:
        _write(path, str(port).encode())
    return port


def _key(path: Path) -> bytes:
    """Have the key that names of unlisted apps are made of."""
    if not path.is_file():
        _write(path, secrets.token_bytes(KEY))
    return path.read_bytes()


def _write(path: Path, content: bytes) -> None:
    with durable(path, 0o600) as file:
        file.write(content)
