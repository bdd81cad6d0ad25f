"""A runner that builds, and lets what it built leave; and a registry on the loopback."""

import asyncio
import os
import threading
import uuid

import pytest
from jupyter_wove_runner.building import Builds, Place
from jupyter_wove_runner.building import routes as builds_routes
from jupyter_wove_runner.leaving import routes as leaving_routes
from jupyter_wove_runner.reconciling import clear
from jupyter_wove_runner.sandboxes import sandboxes
from jupyter_wove_runner.serving import listening
from jupyter_wove_runner.settings import WoveRunner

from tests.runner.building.conftest import Docker
from tests.runner.targets.registry import Registry
from tests.unit.deploy.targets.loopback import serving

NAME = f"test-targets-{uuid.uuid4().hex[:6]}"


@pytest.fixture(scope="session")
def docker(tmp_path_factory):
    """A runner with Docker; all that it made is removed with it."""
    working = Docker(tmp_path_factory.mktemp("runner"))
    url = os.environ["WOVE_TEST_DOCKER"]
    settings = WoveRunner(state_dir=str(working.folder), name=NAME, docker_url=url)
    ready, stop = threading.Event(), asyncio.Event()

    async def live():
        working.loop = asyncio.get_running_loop()
        async with sandboxes(settings) as here:
            working.here = here
            builds = builds_routes(Builds(settings, Place(here)))
            try:
                async with listening(working.socket, [*builds, *leaving_routes(settings, here)]):
                    ready.set()
                    await stop.wait()
            finally:
                await clear(here.engine, here.networks)
                for image in await here.engine.images(f"wove.runner={NAME}"):
                    await here.engine.remove_image(image)

    thread = threading.Thread(target=lambda: asyncio.run(live()), daemon=True)
    thread.start()
    while not ready.wait(1):
        assert thread.is_alive(), "the runner did not start"
    yield working
    working.loop.call_soon_threadsafe(stop.set)
    thread.join(120)


@pytest.fixture
def registry():
    """A registry that asks for a password."""
    kept = Registry()
    with serving(kept.application()) as place:
        kept.place = place.removeprefix("http://")
        yield kept
