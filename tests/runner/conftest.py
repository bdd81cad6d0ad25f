"""A real engine, our real images, and a runner of its own for each process of tests."""

import asyncio
import os
import secrets

import pytest
from jupyter_wove_runner.images import KINDS
from jupyter_wove_runner.reconciling import clear
from jupyter_wove_runner.sandboxes import sandboxes
from jupyter_wove_runner.settings import WoveRunner


@pytest.fixture(scope="session")
def docker():
    """Say where the engine is that the tests may use."""
    if not (url := os.environ.get("WOVE_TEST_DOCKER", "")):
        pytest.fail("These tests need Docker: make test-runner, or scripts/with-docker pytest …")
    return url


@pytest.fixture(scope="session")
def settings(docker, tmp_path_factory):
    """The settings of a runner that nobody else has; nothing is left of it after the tests."""
    made = WoveRunner(
        name=f"test-{secrets.token_hex(4)}",
        docker_url=docker,
        state_dir=str(tmp_path_factory.mktemp("runner")),
    )
    asyncio.run(_prepare(made))
    yield made
    asyncio.run(_clear(made))


@pytest.fixture
def opened(settings):
    """Open the sandboxes of the runner: `async with opened() as here`."""
    return lambda: sandboxes(settings)


async def _prepare(settings):
    async with sandboxes(settings) as here:
        for kind in KINDS:
            await here.images.have(kind, print)


async def _clear(settings):
    async with sandboxes(settings) as here:
        await clear(here.engine, here.networks)
