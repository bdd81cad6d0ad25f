"""What nobody needs any more on the engine: images of no release, downloads of long ago."""

from collections.abc import Collection
from contextlib import suppress

from jupyter_wove.kit.errors import Conflict
from jupyter_wove_runner.building.marks import DAY
from jupyter_wove_runner.building.place import CACHE, Place

UNUSED = 30 * DAY  # seconds after which what was downloaded for somebody is removed


async def sweep(place: Place, needed: Collection[str]) -> None:
    """Remove images of apps but those that are needed, and downloads that nobody came back to.

    An image may just have been built, for a release that is to be served now: it has a day.
    """
    await _images(place, needed)
    await _nameless(place)
    await _downloads(place)


async def _images(place: Place, needed: Collection[str]) -> None:
    found = await place.engine.images(f"wove.runner={place.engine.runner}", "wove.image=app")
    place.images.keep(found)
    for image in found:
        if image not in needed and place.images.unused(image, DAY):
            await place.engine.remove_image(image)


async def _nameless(place: Place) -> None:
    """Remove what another runner of this engine has made at the same time, under the same name."""
    for image in await place.engine.nameless_images():
        with suppress(Conflict):  # something was made of it, or runs
            await place.engine.remove_image(image)


async def _downloads(place: Place) -> None:
    found = [name for name, _ in await place.engine.volumes(place.engine.ours(role=CACHE))]
    place.caches.keep(found)
    for name in found:
        if place.caches.unused(name, UNUSED):
            await place.engine.remove_volume(name)
