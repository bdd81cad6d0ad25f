"""What Wove asks of kernels, over the socket."""

from uuid import UUID

from aiohttp import web

from jupyter_wove.kit.errors import BadRequest, Unavailable
from jupyter_wove.runner import KernelOrder, KernelSignal, RunOrder
from jupyter_wove_runner.kernels.runs import Runs
from jupyter_wove_runner.kernels.service import Kernels
from jupyter_wove_runner.serving import answer, asked
from jupyter_wove_runner.streams import stream

DONE = 204


def routes(kernels: Kernels, runs: Runs) -> list[web.RouteDef]:
    """List them."""

    async def start(request: web.Request) -> web.Response:
        return answer(await kernels.start(await asked(request, KernelOrder)))

    async def signal(request: web.Request) -> web.Response:
        await kernels.signal(_id(request), (await asked(request, KernelSignal)).number)
        return web.Response(status=DONE)

    async def end(request: web.Request) -> web.Response:
        return answer(await kernels.end(_id(request)))

    async def remove(request: web.Request) -> web.Response:
        await kernels.remove(_id(request), starts_again="starts_again" in request.query)
        return web.Response(status=DONE)

    async def run(request: web.Request) -> web.StreamResponse:
        return await stream(request, runs.run(await asked(request, RunOrder)))

    return [
        web.post("/v1/kernels", start),
        web.post("/v1/kernels/{id}/signal", signal),
        web.get("/v1/kernels/{id}/end", end),
        web.delete("/v1/kernels/{id}", remove),
        web.post("/v1/runs", run),
    ]


def refusing(problem: str) -> list[web.RouteDef]:
    """Say why there are no kernels and no programs in sandboxes here."""

    async def refuse(_: web.Request) -> web.Response:
        raise Unavailable(f"Code can't run in a sandbox here. {problem}")

    return [web.post("/v1/kernels", refuse), web.post("/v1/runs", refuse)]


def _id(request: web.Request) -> UUID:
    try:
        return UUID(request.match_info["id"])
    except ValueError as error:
        raise BadRequest("A kernel is named by a UUID.") from error
