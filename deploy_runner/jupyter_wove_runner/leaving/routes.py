"""What Wove asks of things that were built, over the socket."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

from aiohttp import web

from jupyter_wove.kit.errors import NotFound, Unavailable
from jupyter_wove.runner import Push
from jupyter_wove_runner.leaving.archives import of_image, of_site
from jupyter_wove_runner.leaving.pushing import pushed
from jupyter_wove_runner.sandboxes import Sandboxes
from jupyter_wove_runner.serving import asked
from jupyter_wove_runner.settings import WoveRunner
from jupyter_wove_runner.streams import stream

OURS = "wove-app-"


def routes(settings: WoveRunner, here: Sandboxes | None, problem: str = "") -> list[web.RouteDef]:
    """List them."""
    sites = Path(settings.state_dir) / "sites"

    def docker(image: str) -> Sandboxes:
        """Have Docker, for an image of an app. Raises NotFound, Unavailable."""
        if here is None:
            raise Unavailable(problem)
        if not image.startswith(OURS):
            raise NotFound(f"{image} is no image of an app.")
        return here

    async def site(request: web.Request) -> web.StreamResponse:
        return await _sent(request, of_site(sites, request.match_info["name"]))

    async def image(request: web.Request) -> web.StreamResponse:
        name, path = request.query.get("image", ""), request.query.get("path", "")
        return await _sent(request, of_image(docker(name), name, path))

    async def push(request: web.Request) -> web.StreamResponse:
        wanted = await asked(request, Push)
        return await stream(request, pushed(docker(wanted.image), wanted))

    return [
        web.get("/v1/sites/{name}/archive", site),
        web.get("/v1/images/archive", image),
        web.post("/v1/images/push", push),
    ]


async def _sent(request: web.Request, pieces: AsyncIterator[bytes]) -> web.StreamResponse:
    """Send an archive; what cannot be read is told before anything is sent."""
    async with aclosing(pieces) as reading:  # type: ignore[type-var]
        first = await anext(reading, b"")
        response = web.StreamResponse(headers={"Content-Type": "application/x-tar"})
        await response.prepare(request)
        await response.write(first)
        async for piece in reading:
            await response.write(piece)
    await response.write_eof()
    return response
