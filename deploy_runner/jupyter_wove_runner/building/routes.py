"""What Wove asks of builds, over the socket."""

from uuid import UUID

from aiohttp import web

from jupyter_wove.kit.errors import BadRequest
from jupyter_wove.runner import BuildOrder
from jupyter_wove_runner.building.builds import Builds
from jupyter_wove_runner.building.trees import PIECE
from jupyter_wove_runner.serving import asked
from jupyter_wove_runner.streams import stream


def routes(builds: Builds) -> list[web.RouteDef]:
    """List them."""

    async def receive(request: web.Request) -> web.Response:
        await builds.receive(_id(request), request.content.iter_chunked(PIECE))
        return web.Response(status=204)

    async def build(request: web.Request) -> web.StreamResponse:
        return await stream(request, builds.build(await asked(request, BuildOrder)))

    async def check(request: web.Request) -> web.StreamResponse:
        return await stream(request, builds.check(await asked(request, BuildOrder)))

    return [
        web.put("/v1/builds/{id}/source", receive),
        web.post("/v1/builds", build),
        web.post("/v1/checks", check),
    ]


def _id(request: web.Request) -> UUID:
    try:
        return UUID(request.match_info["id"])
    except ValueError as error:
        raise BadRequest("A build is named by a UUID.") from error
