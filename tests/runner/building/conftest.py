"""A runner that builds, in a thread of its own, on the Docker of this machine."""

import asyncio
import contextlib
import io
import tarfile
import threading
import time
import uuid
from pathlib import Path

import httpx
import pytest
from jupyter_wove_runner.building import Builds, Place, routes
from jupyter_wove_runner.policy import Policy
from jupyter_wove_runner.sandboxes import Sandboxes, sandboxes
from jupyter_wove_runner.serving import listening
from jupyter_wove_runner.settings import WoveRunner

from jupyter_wove.deploy import detect
from jupyter_wove.runner import BookRan, BuildOrder, Built, Checked, Failed, Line, Runner, Stage


class Project:
    """Files that are sent to be built."""

    def __init__(self, files):
        self.files = {
            path: content if isinstance(content, bytes) else content.encode()
            for path, content in files.items()
        }

    def names(self):
        return {path: len(content) for path, content in self.files.items()}

    def read(self, path):
        return self.files[path]

    def tar(self):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as archive:
            for path, content in self.files.items():
                member = tarfile.TarInfo(path)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
        return packed.getvalue()


class Outcome:
    """What a build told."""

    def __init__(self):
        self.messages = []
        self.seconds = 0.0

    @property
    def last(self):
        return self.messages[-1]

    @property
    def stages(self):
        return [each.name for each in self.messages if isinstance(each, Stage)]

    @property
    def log(self):
        return "\n".join(each.text for each in self.messages if isinstance(each, Line))

    @property
    def built(self):
        assert isinstance(self.last, Built), f"{self.last}\n{self.log}"
        return self.last

    @property
    def failed(self):
        assert isinstance(self.last, Failed), self.last
        return self.last


class Working:
    """The runner, as Wove sees it: through its socket."""

    def __init__(self, folder):
        self.folder = folder
        self.socket = folder / "run" / "socket"
        self.client = Runner(lambda: str(self.socket))
        self.owner = uuid.uuid4()

    def order(self, files, app=None, owner=None, plan=None):
        project = Project(files)
        plan = plan or detect(project)
        id_ = uuid.uuid4()
        self.client.send(f"/v1/builds/{id_}/source", [project.tar()])
        return BuildOrder(id_, app or uuid.uuid4(), owner or self.owner, plan)

    def build(self, files, **more):
        return self.follow(self.order(files, **more))

    def check(self, files, **more):
        """Have each notebook run once; give what was told of each."""
        outcome = self.follow(self.order(files, **more), "/v1/checks")
        assert isinstance(outcome.last, Checked), outcome.last
        return {each.path: each for each in outcome.messages if isinstance(each, BookRan)}

    def follow(self, order, path="/v1/builds"):
        outcome, began = Outcome(), time.monotonic()
        outcome.messages = [each for each in self.client.follow(path, order) if each]
        outcome.seconds = time.monotonic() - began
        return outcome

    def page(self, built, path="index.html"):
        return (self.folder / "sites" / built.site / path).read_text()


class Docker(Working):
    """A runner with Docker."""

    loop: asyncio.AbstractEventLoop
    here: Sandboxes
    builds: Builds

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(120)

    def left(self):
        """List containers, networks and builds that are still there."""
        return self.run(self._left())

    async def _left(self):
        engine = self.here.engine
        containers = await engine.containers(engine.ours())
        networks = await self.here.networks.found(engine.ours())
        kept = [each for each in containers if each.labels.role != "egress"]
        return [each.id for each in kept] + [
            each.name for each in networks if each.labels.role != "uplink"
        ]

    async def images(self):
        return await self.here.engine.images(f"wove.runner={self.here.engine.runner}")

    @contextlib.contextmanager
    def served(self, built, plan):
        """Run what was built as an app, and give a client to speak to it."""
        network, container = self.run(self._start(built, plan))
        try:
            address = self.run(container.address(network.name))
            with httpx.Client(
                base_url=f"http://{address}:{plan.port}", timeout=30, follow_redirects=True
            ) as client:
                self._wait(client, plan, container)
                yield client
        finally:
            self.run(container.remove())
            self.run(self.here.networks.remove(network.name))

    async def _start(self, built, plan):
        network = await self.here.networks.create(self.here.engine.ours())
        policy = Policy(network=network.name, memory_mb=plan.memory_mb, cpus=plan.cpus)
        container = await self.here.engine.create(built.image, [], policy, folder="/app")
        await container.start()
        return network, container

    def _wait(self, client, plan, container):
        until = time.monotonic() + 90
        while time.monotonic() < until:
            with contextlib.suppress(httpx.HTTPError):
                if client.get(plan.health).status_code < 400:
                    return
            time.sleep(0.2)
        raise AssertionError("\n".join(self.run(container.log(50))))


@pytest.fixture(scope="session")
def runner(settings):
    """A runner with Docker; all that it made is removed with it."""
    working = Docker(Path(settings.state_dir))
    ready, stop = threading.Event(), asyncio.Event()
    problem = []

    async def live():
        working.loop = asyncio.get_running_loop()
        async with sandboxes(settings) as here:
            working.here, working.builds = here, Builds(settings, Place(here))
            try:
                async with listening(working.socket, routes(working.builds)):
                    ready.set()
                    await stop.wait()
            finally:
                await _remove_images(here)

    def run():
        try:
            asyncio.run(live())
        except BaseException as error:
            problem.append(error)
            ready.set()
            raise

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(600)
    assert not problem, problem
    yield working
    working.loop.call_soon_threadsafe(stop.set)
    thread.join(120)


async def _remove_images(here):
    for image in await here.engine.images(f"wove.runner={here.engine.runner}"):
        await here.engine.remove_image(image)


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """A runner without Docker."""
    working = Working(tmp_path_factory.mktemp("bare"))
    ready, stop = threading.Event(), threading.Event()

    async def live():
        builds = Builds(WoveRunner(state_dir=str(working.folder)), None, "There is no Docker.")
        async with listening(working.socket, routes(builds)):
            ready.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(live()))
    thread.start()
    assert ready.wait(30)
    yield working
    stop.set()
    thread.join(30)
