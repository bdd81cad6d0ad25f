"""Apps sleep when nobody comes, wake when somebody does, and get up when they fall."""

import asyncio
import time

from jupyter_wove.runner import OutputLine, Visits
from tests.runner.serving.runner import PAGE, app, docker, release, running


async def until(runner, about, *states, patience=60):
    """Wait until an app is in a state, and give it."""
    end = time.monotonic() + patience
    while (state := await runner.state(about)).state not in states:
        assert time.monotonic() < end, state
        await asyncio.sleep(0.1)
    return state


async def test_fifty_visitors_wake_a_sleeping_app_with_one_start(tmp_path):
    about = app(idle=1)
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1"))
        await until(runner, about, "asleep")
        await gone(engine)
        about.idle = 60
        await runner.tell(about)
        seen = await asyncio.gather(*[runner.text() for _ in range(50)])
        assert set(seen) == {"v1"}
        starts = [line for line in await output(runner, about) if line.text == "starting v1"]
        assert len(starts) == 2  # when it was deployed, and now
        assert (await runner.state(about)).state == "live"


async def gone(engine):
    """Wait until no container is left."""
    end = time.monotonic() + 30
    while await engine.containers(engine.ours()):
        assert time.monotonic() < end
        await asyncio.sleep(0.1)


async def output(runner, about, after=0):
    await asyncio.sleep(1)
    return await runner.ask("GET", f"/v1/apps/{about.id}/output?after={after}", list[OutputLine])


async def test_somebody_who_looks_is_told_that_it_wakes_up(tmp_path, monkeypatch):
    monkeypatch.setattr("jupyter_wove_runner.apps.hosted.SOON", 0.0)
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1"))
        await runner.ask("POST", f"/v1/apps/{about.id}/stop")
        async with runner.get("/", headers=PAGE) as stopped:
            assert stopped.status == 503
            assert "was stopped by those who look after it" in await stopped.text()
        await runner.ask("POST", f"/v1/apps/{about.id}/wake")
        about.idle = 1
        await runner.tell(about)
        await until(runner, about, "asleep")
        async with runner.get("/", headers=PAGE) as waking:
            assert (waking.status, waking.headers["Retry-After"]) == (503, "1")
            assert '<meta http-equiv="refresh" content="1">' in await waking.text()
        assert await runner.text() == "v1"


async def test_an_open_websocket_keeps_an_app_awake(tmp_path):
    about = app(idle=1)
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1"))
        async with runner.connect() as socket:
            await socket.receive_str()
            await asyncio.sleep(4)
            state = await runner.state(about)
            assert (state.state, state.sessions) == ("live", 1)
        await until(runner, about, "asleep")


async def test_an_app_that_ends_is_started_again_and_says_why(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1"))
        async with runner.get("/end") as response:
            assert response.status == 502
        assert await until_text(runner) == "v1"
        state = await until(runner, about, "live")
        assert state.problem == "The app ended by itself, with exit code 3."
        lines = [line.text for line in await output(runner, about)]
        assert lines.count("starting v1") == 2


async def until_text(runner):
    for _ in range(100):
        async with runner.get("/version") as response:
            if response.status == 200:
                return await response.text()
        await asyncio.sleep(0.2)
    raise AssertionError("It did not come back")


async def test_an_app_that_uses_up_its_memory_says_so_and_comes_back(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1"))
        async with runner.get("/eat?mb=300") as response:
            assert response.status == 502
        assert await until_text(runner) == "v1"
        state = await until(runner, about, "live")
    assert "used more than its 128 MB of memory" in state.problem
    assert "memory_mb in wove.toml" in state.problem


async def test_visitors_for_whom_there_is_no_memory_are_told_so(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1", kind="voila", memory_mb=340))
        await asyncio.sleep(2)
        sockets, came = [], []
        for _ in range(8):
            async with runner.get("/", headers=PAGE) as page:
                came.append(page.status)
                busy = await page.text()
            if page.status == 200:
                sockets.append(await runner.connect())
        there = len(sockets)
        assert came == [200] * there + [503] * (8 - there)
        assert 2 <= there <= 5
        assert "no memory for more" in busy
        for socket in sockets:
            await socket.receive_str()
            await socket.send_str("still here")
            assert await socket.receive_str() == "still here"
        await sockets.pop().close()
        await asyncio.sleep(0.5)
        async with runner.get("/", headers=PAGE) as page:
            assert page.status == 200
        for socket in sockets:
            await socket.close()


async def test_what_was_asked_and_said_can_be_read(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1"))
        for _ in range(3):
            await runner.text("/")
        await runner.get("/end")
        (minute, *_) = (await runner.ask("GET", f"/v1/apps/{about.id}/visits", Visits)).minutes
        assert minute.requests >= 1
        lines = await output(runner, about)
        assert [line.text for line in lines][:4] == ["starting v1", *["somebody came"] * 3]
        news = await output(runner, about, lines[3].n)
        assert [line.n for line in news][:1] in ([], [5])
        assert "somebody came" not in [line.text for line in news]
    async with docker() as engine, running(tmp_path, engine) as runner:
        minutes = (await runner.ask("GET", f"/v1/apps/{about.id}/visits", Visits)).minutes
        assert sum(each.requests for each in minutes) >= 4
        assert sum(each.errors for each in minutes) >= 1
