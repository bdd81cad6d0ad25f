"""A runner that is killed finds its apps again, and what it left is removed."""

import asyncio

import pytest

from jupyter_wove.kit.errors import NotFound, Unavailable
from tests.runner.serving.process import kill, started
from tests.runner.serving.runner import app, clear, docker, release, running


async def test_apps_go_on_while_their_runner_is_killed_and_after(tmp_path):
    awake, asleep, stopped = app("awake"), app("asleep", idle=1), app("stopped")
    async with docker() as engine:
        async with running(tmp_path, engine) as runner:
            for each in (awake, asleep, stopped):
                await runner.tell(each)
                await runner.live(each, release(each.slug))
            await runner.ask("POST", f"/v1/apps/{stopped.id}/stop")
            await _until_asleep(runner, asleep)
        before = {each.id for each in await engine.containers(engine.ours())}
        process, _ = await asyncio.to_thread(started, tmp_path, engine.runner)
        kill(process)
        assert {each.id for each in await engine.containers(engine.ours())} == before
        async with running(tmp_path, engine) as runner:
            assert await runner.text(host="awake.localhost") == "awake"
            assert (await runner.state(asleep)).state == "asleep"
            assert (await runner.state(stopped)).state == "stopped"
            assert {each.id for each in await engine.containers(engine.ours())} == before
            assert await runner.text(host="asleep.localhost") == "asleep"


async def _until_asleep(runner, about):
    for _ in range(300):
        if (await runner.state(about)).state == "asleep":
            return
        await asyncio.sleep(0.1)
    raise AssertionError("It does not fall asleep")


async def test_what_a_killed_runner_had_begun_is_removed(tmp_path):
    about = app()
    async with docker() as engine:
        async with running(tmp_path, engine) as runner:
            await runner.tell(about)
            await runner.live(about, release("v1"))
        process, _ = await asyncio.to_thread(started, tmp_path, engine.runner)
        killing = asyncio.create_task(_kill_when_two_run(engine, process))
        serving = asyncio.create_task(_serve(tmp_path, about))
        await killing
        with pytest.raises(Unavailable):
            await serving
        assert len(await engine.containers(engine.ours())) == 2
        async with running(tmp_path, engine) as runner:
            assert await runner.text() == "v1"
            assert len(await engine.containers(engine.ours())) == 1
            assert len(await engine.links.found(engine.ours())) == 1


async def _serve(folder, about):
    from jupyter_wove.runner import Runner

    runner = Runner(lambda: str(folder / "run" / "socket"))
    path, body = f"/v1/apps/{about.id}/releases", release("v2", "hang")
    await asyncio.to_thread(lambda: list(runner.follow(path, body)))


async def _kill_when_two_run(engine, process):
    for _ in range(600):
        if len(await engine.containers(engine.ours())) == 2:
            return kill(process)
        await asyncio.sleep(0.05)
    raise AssertionError("It starts no second version")


async def test_an_app_whose_container_is_gone_is_started_again(tmp_path):
    about = app()
    async with docker() as engine:
        async with running(tmp_path, engine) as runner:
            await runner.tell(about)
            await runner.live(about, release("v1"))
        await clear(engine)
        async with running(tmp_path, engine) as runner:
            assert await runner.text() == "v1"


async def test_nothing_is_left_of_an_app_that_was_removed(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1"))
        await runner.ask("DELETE", f"/v1/apps/{about.id}")
        assert await engine.containers(engine.ours()) == []
        assert await engine.links.found(engine.ours()) == []
        assert list((tmp_path / "serving" / "apps").iterdir()) == []
        with pytest.raises(NotFound, match="no such app"):
            await runner.state(about)
        async with runner.get("/") as response:
            assert response.status == 404


async def test_an_app_that_names_hosts_has_a_way_out_that_ends_with_it(tmp_path):
    about = app()
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1", hosts=["listed.example"]))
        assert await runner.text("/out?host=other.example") == "403"
        assert await runner.text("/out?host=listed.example") in {"502", "503"}  # no such host
        await runner.live(about, release("v2"))
        assert "Name or service" in await _refused(runner)
        await runner.ask("DELETE", f"/v1/apps/{about.id}")
        lists = (tmp_path / "egress" / "list.json").read_text()
        assert lists == "{}"


async def _refused(runner):
    text = await runner.text("/out?host=listed.example")
    return text.replace("Temporary failure in name resolution", "Name or service")
