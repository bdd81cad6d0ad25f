"""A double of the runner's process: its real socket and streams, with answers of the tests."""

import asyncio
import io
import tarfile
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from aiohttp import web
from jupyter_wove_runner.serving import answer, asked, listening
from jupyter_wove_runner.streams import stream

from jupyter_wove.kit.errors import NotFound
from jupyter_wove.runner import (
    App,
    AppState,
    BuildOrder,
    Built,
    Checked,
    Code,
    Line,
    Live,
    OutputLine,
    Release,
    Stage,
    Status,
    Visitor,
    Visits,
)

FOREVER = "forever"  # in a script: take an hour


class ScriptedRunner:
    """Says what the script of a test says, and notes what it was asked."""

    def __init__(self):
        self.build = [Stage("installing"), Line("stdout", "Collecting waves"), Stage("building")]
        self.built = Built("image:1", "", "waves==1.0", 1234)
        self.checks = [Stage("starting"), Stage("checking")]
        self.books = [Stage("executing"), Checked()]  # what a check says
        self.ends = {}  # what comes of serving a release, by the number of the try
        self.problem = ""
        self.preparing = []
        self.apps: dict[UUID, App] = {}
        self.live: dict[UUID, Release] = {}
        self.stopped: set[UUID] = set()
        self.forgotten: list[str] = []
        self.shown_out: list[str] = []
        self.visitors: list[Visitor] = []
        self.sources: dict[str, bytes] = {}
        self.orders: list[BuildOrder] = []
        self.building = 0
        self.most_building = 0
        self.served = 0
        self.switched_unheard = False
        self.paused = threading.Event()  # whether it waits for the test now
        self.go = threading.Event()

    def routes(self):
        """List what can be asked."""
        one = "/v1/apps/{app}"
        return [
            web.get("/v1/status", self.status),
            web.put("/v1/builds/{id}/source", self.source),
            web.post("/v1/builds", self.builds),
            web.post("/v1/checks", self.tries),
            web.put(one, self.put),
            web.get("/v1/apps", self.states),
            web.get(one, self.state),
            web.post(f"{one}/releases", self.releases),
            web.post(f"{one}/stop", self.stop),
            web.post(f"{one}/wake", self.wake),
            web.delete(one, self.remove),
            web.delete(f"{one}/releases/{{release}}", self.forget),
            web.post(f"{one}/codes", self.codes),
            web.delete(f"{one}/visitors/{{person}}", self.show_out),
            web.get(f"{one}/visits", self.visits),
            web.get(f"{one}/output", self.output),
        ]

    def files(self, build):
        """Read the files that came for a build."""
        with tarfile.open(fileobj=io.BytesIO(self.sources[str(build)])) as tar:
            return {each.name: tar.extractfile(each).read() for each in tar.getmembers()}

    async def status(self, request):
        engine = "" if self.problem else "Docker 29"
        address = "http://{slug}.localhost:9000"
        return answer(Status(engine, self.problem, [], address, [], self.preparing))

    async def source(self, request):
        self.sources[request.match_info["id"]] = await request.content.read()
        return web.Response(status=204)

    async def builds(self, request):
        order = await asked(request, BuildOrder)
        self.orders.append(order)
        return await stream(request, self._build())

    async def _build(self):
        self.building += 1
        self.most_building = max(self.building, self.most_building)
        try:
            async for message in self._said(self.build):
                yield message
            yield self.built
        finally:
            self.building -= 1

    async def _said(self, script):
        for message in script:
            if message == FOREVER:
                self.paused.set()
                while not self.go.is_set():  # noqa: ASYNC110 — a test in another thread sets it
                    await asyncio.sleep(0.02)
            else:
                yield message

    async def tries(self, request):
        self.orders.append(await asked(request, BuildOrder))
        return await stream(request, self._said(self.books))

    async def put(self, request):
        app = await asked(request, App)
        self.apps[app.id] = app
        return answer(self._state(app.id))

    async def releases(self, request):
        release, app_id = await asked(request, Release), UUID(request.match_info["app"])
        return await stream(request, self._serve(app_id, release))

    async def _serve(self, app_id, release):
        self.served += 1
        end = self.ends.get(self.served)
        async for message in self._said(self.checks):
            yield message
        if end is not None:
            yield end
            return
        self.live[app_id] = release
        self.stopped.discard(app_id)
        if self.switched_unheard:
            self.paused.set()
            await asyncio.sleep(3600)
        yield Live(self._state(app_id).url)

    async def states(self, request):
        return answer([self._state(app_id) for app_id in self.apps])

    async def state(self, request):
        return answer(self._state(self._one(request)))

    async def stop(self, request):
        self.stopped.add(self._one(request))
        return answer(self._state(self._one(request)))

    async def wake(self, request):
        self.stopped.discard(self._one(request))
        return answer(self._state(self._one(request)))

    async def remove(self, request):
        del self.apps[self._one(request)]
        return web.Response(status=204)

    async def forget(self, request):
        self.forgotten.append(request.match_info["release"])
        return web.Response(status=204)

    async def codes(self, request):
        self._one(request)
        self.visitors.append(await asked(request, Visitor))
        return answer(Code("once"))

    async def show_out(self, request):
        self.shown_out.append(request.match_info["person"])
        return web.Response(status=204)

    async def visits(self, request):
        return answer(Visits([]))

    async def output(self, request):
        lines = [
            OutputLine(1, datetime.now(UTC), "Listening"),
            OutputLine(2, datetime.now(UTC), "GET /"),
        ]
        return answer([each for each in lines if each.n > int(request.query["after"])])

    def _one(self, request):
        app_id = UUID(request.match_info["app"])
        if app_id not in self.apps:
            raise NotFound("The runner knows no such app.")
        return app_id

    def _state(self, app_id):
        release = self.live.get(app_id)
        state = "stopped" if app_id in self.stopped else "live" if release else "asleep"
        url = f"http://{self.apps[app_id].slug}.localhost:9000/"
        release_id = release.id if release else None
        return AppState(app_id, state, release_id, url, 0, 0, datetime.now(UTC), "")


@contextmanager
def running(runner, socket):
    """Have the double listen, in a thread of its own."""
    loop, ready, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def serve():
        async with listening(socket, runner.routes()):
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield runner
    finally:
        runner.go.set()
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
