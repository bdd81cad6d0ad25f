"""What the runner answers about apps, on its socket."""

from uuid import UUID

from aiohttp import web

from jupyter_wove.kit.errors import BadRequest
from jupyter_wove.runner import App, Release, Visitor
from jupyter_wove_runner.apps.service import Apps
from jupyter_wove_runner.serving import answer, asked
from jupyter_wove_runner.streams import stream

ONE = "/v1/apps/{app}"


def routes(apps: Apps) -> list[web.RouteDef]:
    """List what can be asked."""
    desk = _Desk(apps)
    return [
        web.put(ONE, desk.put),
        web.get("/v1/apps", desk.states),
        web.get(ONE, desk.state),
        web.delete(ONE, desk.remove),
        web.post(f"{ONE}/releases", desk.serve),
        web.delete(f"{ONE}/releases/{{release}}", desk.forget),
        web.post(f"{ONE}/stop", desk.stop),
        web.post(f"{ONE}/wake", desk.wake),
        web.post(f"{ONE}/codes", desk.code),
        web.delete(f"{ONE}/visitors/{{person}}", desk.show_out),
        web.get(f"{ONE}/visits", desk.visits),
        web.get(f"{ONE}/output", desk.output),
    ]


class _Desk:
    """Reads requests, and asks the apps."""

    def __init__(self, apps: Apps) -> None:
        self._apps = apps

    async def put(self, request: web.Request) -> web.Response:
        app = await asked(request, App)
        if app.id != _id(request, "app"):
            raise BadRequest("The app has another id than its address says.")
        return answer(await self._apps.put(app))

    async def states(self, request: web.Request) -> web.Response:
        return answer(self._apps.states())

    async def state(self, request: web.Request) -> web.Response:
        return answer(self._apps.state(_id(request, "app")))

    async def remove(self, request: web.Request) -> web.Response:
        await self._apps.remove(_id(request, "app"))
        return web.Response(status=204)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        release = await asked(request, Release)
        return await stream(request, self._apps.serve(_id(request, "app"), release))

    async def forget(self, request: web.Request) -> web.Response:
        await self._apps.forget(_id(request, "app"), _id(request, "release"))
        return web.Response(status=204)

    async def stop(self, request: web.Request) -> web.Response:
        return answer(await self._apps.stop(_id(request, "app")))

    async def wake(self, request: web.Request) -> web.Response:
        return answer(await self._apps.wake(_id(request, "app")))

    async def code(self, request: web.Request) -> web.Response:
        visitor = await asked(request, Visitor)
        return answer(self._apps.code(_id(request, "app"), visitor))

    async def show_out(self, request: web.Request) -> web.Response:
        self._apps.show_out(_id(request, "app"), _id(request, "person"))
        return web.Response(status=204)

    async def visits(self, request: web.Request) -> web.Response:
        days = _number(request, "days", 1)
        return answer(await self._apps.visits(_id(request, "app"), days))

    async def output(self, request: web.Request) -> web.Response:
        return answer(self._apps.output(_id(request, "app"), _number(request, "after", 0)))


def _id(request: web.Request, name: str) -> UUID:
    try:
        return UUID(request.match_info[name])
    except ValueError as error:
        raise BadRequest(f"This is no id: {request.match_info[name]}") from error


def _number(request: web.Request, name: str, default: int) -> int:
    try:
        return int(request.query.get(name, default))
    except ValueError as error:
        raise BadRequest(f"{name} is a number.") from error
