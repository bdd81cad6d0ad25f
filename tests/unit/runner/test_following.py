"""Wove follows what the runner does, over a socket, and cancels it by hanging up."""

import asyncio
import stat

import pytest
from aiohttp import web
from jupyter_wove_runner.serving import answer, asked, listening
from jupyter_wove_runner.streams import stream

from jupyter_wove.kit.errors import NotFound, Unavailable, WoveError
from jupyter_wove.runner import Line, Runner, Stage, Visitor


class Work:
    """Something that says two things, and then takes an hour unless it is cancelled."""

    def __init__(self):
        self.cancelled = asyncio.Event()

    async def messages(self):
        try:
            yield Stage("building")
            yield Line("wove", "Installing 3 packages")
            await asyncio.sleep(3600)
        finally:
            self.cancelled.set()


async def missing(request):
    raise NotFound("There is no such app.")


async def broken(request):
    raise RuntimeError("/a/secret/path")


async def greet(request):
    return answer(f"Hello {(await asked(request, Visitor)).name}")


@pytest.fixture
def socket(tmp_path):
    return tmp_path / "run" / "socket"


def routes(work):
    return [
        web.post("/work", lambda request: stream(request, work.messages())),
        web.get("/missing", missing),
        web.get("/broken", broken),
        web.post("/greet", greet),
    ]


def follow(socket, wanted):
    """Follow the work until so many messages have come, beats among them, then hang up."""
    messages = Runner(lambda: str(socket)).follow("/work", {})
    heard = [next(messages) for _ in range(wanted)]
    messages.close()
    return heard


async def test_messages_come_as_they_are_said_and_beats_between_them(socket):
    work = Work()
    async with listening(socket, routes(work)):
        heard = await asyncio.to_thread(follow, socket, 4)
    assert heard == [Stage("building"), Line("wove", "Installing 3 packages"), None, None]


async def test_whoever_hangs_up_cancels_the_work(socket):
    work = Work()
    async with listening(socket, routes(work)):
        await asyncio.to_thread(follow, socket, 2)
        await asyncio.wait_for(work.cancelled.wait(), 30)


async def test_only_its_owner_may_reach_the_socket(socket):
    async with listening(socket, []):
        assert stat.S_IMODE(socket.parent.stat().st_mode) == stat.S_IRWXU


async def test_what_is_missing_is_said_in_the_words_of_the_runner(socket):
    async with listening(socket, routes(Work())):
        with pytest.raises(NotFound, match="There is no such app"):
            await asyncio.to_thread(Runner(lambda: str(socket)).ask, "GET", "/missing", None)


async def test_an_error_of_the_runner_says_nothing_of_its_insides(socket):
    async with listening(socket, routes(Work())):
        with pytest.raises(WoveError) as raised:
            await asyncio.to_thread(Runner(lambda: str(socket)).ask, "GET", "/broken", None)
    assert "secret" not in str(raised.value)


async def test_what_does_not_fit_is_refused(socket):
    async with listening(socket, routes(Work())):
        runner = Runner(lambda: str(socket))
        with pytest.raises(WoveError, match="missing required field"):
            await asyncio.to_thread(runner.ask, "POST", "/greet", str, {"name": "Ada"})


def test_where_there_is_no_runner_it_is_said(socket):
    with pytest.raises(Unavailable, match="builds and serves apps"):
        Runner(lambda: str(socket)).ask("GET", "/missing", None)
