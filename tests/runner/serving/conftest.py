"""The image of the program that the tests serve, made once."""

import asyncio

import pytest

from tests.runner.serving.runner import IMAGE, Engine, clear, docker


@pytest.fixture(scope="session", autouse=True)
def image():
    yield
    asyncio.run(_remove())


async def _remove():
    async with Engine(runner="none") as engine:
        await engine.remove_image(IMAGE)


__all__ = ["clear", "docker"]
