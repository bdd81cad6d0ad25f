"""Of an app, one build goes on: whoever orders another one ends it, though it is still heard."""

import asyncio
import io
import tarfile
from uuid import uuid4

import pytest
from jupyter_wove_runner.building import Builds
from jupyter_wove_runner.settings import WoveRunner

from jupyter_wove.kit.columns import new_id
from jupyter_wove.runner import BuildOrder, Built, Plan

SITE = Plan(kind="site", base="none", entry="index.html", site=".")


@pytest.fixture
def builds(tmp_path):
    """Builds that are scanned for as long as there is a file `hold`; each scan adds a line."""
    scan = tmp_path / "scan"
    hold, begun = tmp_path / "hold", tmp_path / "begun"
    scan.write_text(
        f"#!/bin/sh\necho begun >> {begun}\nwhile [ -e {hold} ]; do sleep 0.05; done\n"
    )
    scan.chmod(0o755)
    settings = WoveRunner(state_dir=str(tmp_path / "state"), scan=[str(scan)])
    builds = Builds(settings, None)
    builds.hold, builds.begun = hold, begun
    return builds


async def sent(builds, app_id):
    """Send a page to be built."""
    content, order = io.BytesIO(), BuildOrder(new_id(), app_id, uuid4(), SITE)
    with tarfile.open(fileobj=content, mode="w") as tar:
        page = tarfile.TarInfo("index.html")
        page.size = 4
        tar.addfile(page, io.BytesIO(b"<h1>"))

    async def pieces():
        yield content.getvalue()

    await builds.receive(order.id, pieces())
    return order


async def build(builds, order):
    return [message async for message in builds.build(order)]


async def test_a_newer_build_of_an_app_ends_the_older_one(builds):
    app_id = uuid4()
    builds.hold.touch()
    older = asyncio.create_task(build(builds, await sent(builds, app_id)))
    while not builds.begun.exists():  # noqa: ASYNC110 — a program makes the file
        await asyncio.sleep(0.02)
    newer = asyncio.create_task(build(builds, await sent(builds, app_id)))
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(older, 20)
    builds.hold.unlink()
    assert isinstance((await asyncio.wait_for(newer, 20))[-1], Built)


async def test_builds_of_other_apps_go_on(builds):
    orders = [await sent(builds, uuid4()) for _ in range(2)]
    ends = await asyncio.gather(*(build(builds, order) for order in orders))
    assert [type(each[-1]) for each in ends] == [Built, Built]
