"""What the tests of a run make once, and remove."""

import asyncio

import pytest

from tests.runner.serving.runner import remove_images


@pytest.fixture(scope="session", autouse=True)
def image():
    yield
    asyncio.run(remove_images())
