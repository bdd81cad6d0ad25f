"""New versions take over when they are well, bad ones never, and nobody is cut off."""

import asyncio
import json

import aiohttp
import pytest

from jupyter_wove.runner import Line, Live, Stage
from tests.runner.serving.runner import app, docker, release, running


async def test_a_version_is_live_after_two_good_checks(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        said = await runner.serve(about, release("v1"))
        assert await runner.text() == "v1"
        assert said[0] == Stage("starting")
        assert Stage("checking") in said
        assert said[-1] == Live(f"http://waves.localhost:{runner.port}/")
        assert any(isinstance(each, Line) for each in said)


@pytest.mark.parametrize(
    ("how", "reason", "more"),
    [
        ("error", "answers at /version with the error 500", "health in wove.toml"),
        ("crash", "ended right after its start, with exit code 1", "last lines"),
        ("hang", "gave no answer", ""),
        ("memory", "more than its 128 MB of memory", "memory_mb in wove.toml"),
        ("elsewhere", "listens on port 5000 instead of 8080", "0.0.0.0, on port 8080"),
        ("itself", "only for itself, at 127.0.0.1", "0.0.0.0"),
    ],
)
async def test_a_bad_version_gets_no_visitors_and_says_why(tmp_path, how, reason, more):
    about = app()
    async with docker() as engine, running(tmp_path, engine, deadline=10) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1"))
        serving = asyncio.create_task(runner.refused(about, release("v2", how)))
        seen = set()
        while not serving.done():
            seen.add(await runner.text())
            await asyncio.sleep(0.05)
        failed = await serving
        assert seen | {await runner.text()} == {"v1"}
        await _only(engine, about, 1)
    assert reason in failed.reason
    assert more in failed.hint
    if how == "crash":
        assert "no such table: trips" in failed.traceback


async def test_what_was_not_built_here_is_not_served(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        gone = release()
        gone.image = "wove-test-serving-gone:1"
        assert "not there any more" in (await runner.refused(about, gone)).reason
        await _only(engine, about, 0)


async def test_who_hangs_up_while_a_version_starts_leaves_nothing(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        address = f"http://runner/v1/apps/{about.id}/releases"
        connector = aiohttp.UnixConnector(str(runner.socket))
        async with aiohttp.ClientSession(connector=connector) as wove:
            body = _encoded(release("v1", "hang"))
            async with wove.post(address, data=body) as response:
                while "checking" not in (await response.content.readline()).decode():
                    pass
        await _only(engine, about, 0)
        await runner.live(about, release("v2"))


async def test_open_requests_and_websockets_stay_with_their_version(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1"))
        async with runner.connect() as socket:
            assert await socket.receive_str() == "v1"
            slow = asyncio.create_task(runner.text("/slow?s=4"))
            await asyncio.sleep(0.2)
            await runner.live(about, release("v2"))
            assert await runner.text() == "v2"
            assert await slow == "v1"
            await socket.send_str("still there")
            assert await socket.receive_str() == "still there"
        await _only(engine, about, 1)


async def test_parts_of_a_page_come_from_its_version_while_that_is_there(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1", kind="voila", memory_mb=512))
        page = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
        async with runner.get("/", headers=page) as response:
            cookie = response.cookies["wove-release"].value
        await runner.live(about, release("v2", kind="voila", memory_mb=512))
        part = {"Cookie": f"wove-release={cookie}"}
        assert await runner.text(headers=part) == "v1"
        assert await runner.text(headers=page | part) == "v2"
        async with runner.connect(headers=part) as socket:
            assert await socket.receive_str() == "v1"
        await _only(engine, about, 1)


async def test_an_earlier_release_is_back(tmp_path):
    about, first, second = app(), release("v1"), release("v2")
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, first)
        await runner.live(about, second)
        await runner.live(about, first)
        assert await runner.text() == "v1"
        assert (await runner.state(about)).release_id == first.id


async def test_no_request_fails_while_versions_change(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v0"))
        async with runner.connect() as socket:
            assert await socket.receive_str() == "v0"
            done = asyncio.Event()
            visits = [asyncio.create_task(_visit(runner, done)) for _ in range(8)]
            for number in range(1, 4):
                await runner.live(about, release(f"v{number}"))
                await asyncio.sleep(0.5)
            done.set()
            seen = [each for visit in visits for each in await visit]
            await socket.send_str("x")
            assert await socket.receive_str() == "x"
    assert len(seen) > 100
    assert {status for status, _ in seen} == {200}
    assert {text for _, text in seen} == {"v0", "v1", "v2", "v3"}


async def _visit(runner, done):
    seen = []
    while not done.is_set():
        path = "/version" if len(seen) % 20 else "/slow?s=0.5"
        async with runner.get(path) as response:
            seen.append((response.status, await response.text()))
        await asyncio.sleep(0.02)
    return seen


async def _only(engine, about, count):
    """Wait until so many containers of an app, and no more networks, are left."""
    label = f"wove.app={about.id}"
    for _ in range(600):
        left = await engine.containers(type(engine.ours())(app=str(about.id)))
        links = await engine.links.found(type(engine.ours())(app=str(about.id)))
        if len(left) == len(links) == count:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{label}: {len(left)} containers and {len(links)} networks are left")


def _encoded(release):
    import msgspec

    return json.dumps(msgspec.to_builtins(release)).encode()
