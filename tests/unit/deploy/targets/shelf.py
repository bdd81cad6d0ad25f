"""A target of another package: it puts what it is given on a shelf, a folder."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import msgspec

from jupyter_wove.deploy.targets import ADMINISTRATORS, NotWell, Options, Plugin, Secret
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.runner import Line


class ShelfOptions(Options, frozen=True, kw_only=True):
    token: Annotated[Secret, msgspec.Meta(description="What opens the shelf.")] = msgspec.field(
        name="SHELF_TOKEN"
    )
    board: Annotated[int, msgspec.Meta(description="Which board.", ge=1)] = msgspec.field(
        name="SHELF_BOARD", default=1
    )
    place: Annotated[str, msgspec.Meta(extra=ADMINISTRATORS)] = msgspec.field(name="SHELF_PLACE")


class Shelf:
    def __init__(self, options):
        self.place = Path(options.place)
        self.options = options

    def _path(self, app, release_id):
        return self.place / app.id.hex / release_id.hex

    async def find(self, order):
        path = self._path(order.app, order.release.id)
        return path.name if path.exists() else None

    async def upload(self, order, say):
        say(Line("stdout", f"opened with {self.options.token.shown()}"))
        path = self._path(order.app, order.release.id)
        path.mkdir(parents=True)
        await order.parcels.site(path)
        (path / "environment").write_text(repr(order.environment))
        return path.name

    async def check(self, order, uploaded, say):
        folder = self.place / order.app.id.hex / uploaded
        if (folder / "slow").exists():
            try:
                await asyncio.sleep(3600)
            finally:
                (self.place / "cancelled").touch()
        if (folder / "broken").exists():
            raise NotWell(f"It fell off, with {self.options.token.shown()}.", "Nail it.")
        if (folder / "lost").exists():
            raise NotFound("The shelf is gone.")

    async def activate(self, order, uploaded, say):
        (self.place / "live").write_text(uploaded)
        return f"shelf://{self.options.board}/{order.app.slug}"

    async def forget(self, app, release_id):
        path = self._path(app, release_id)
        if path.exists():
            path.rename(self.place / f"forgotten-{release_id.hex}")

    async def delete(self, app):
        (self.place / "live").unlink(missing_ok=True)

    async def logs(self, app, most):
        return [Line("stdout", f"{n}: {self.options.token.shown()}") for n in range(5)][-most:]


@asynccontextmanager
async def _open(options):
    yield Shelf(options)


SHELF = Plugin("The shelf", frozenset({"site"}), ShelfOptions, _open)
NOTHING = "no plug-in"
