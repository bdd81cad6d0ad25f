"""What passes between visitors and apps, and what never does."""

import asyncio
import hashlib
import json
import time
from contextlib import asynccontextmanager

import aiohttp
import pytest

from tests.runner.serving.runner import PAGE, app, docker, release, running

SECRETS = {
    "Authorization": "token 0123456789abcdef",
    "Cookie": "mine=1; _xsrf=2|a|b|c; username-localhost-8888=ada; jupyterhub-session-id=s; "
    "jupyterhub-user-ada=t; wove-visitor=u; __Host-wove-visitor=v; theirs=2",
    "X-Wove-User": "root",
    "X_Wove_User": "root",
    "X-Forwarded-For": "6.6.6.6",
    "X-Forwarded-User": "root",
    "Forwarded": "for=6.6.6.6",
    "Proxy-Authorization": "Basic eDp5",
    "Connection": "keep-alive, X-Hop",
    "X-Hop": "1",
    "X-Theirs": "stays",
}


@asynccontextmanager
async def served(folder, about=None, **plan):
    about = about or app()
    async with docker() as engine, running(folder, engine) as runner:
        await runner.tell(about)
        await runner.live(about, release("v1", **plan))
        yield runner, about


async def test_an_app_gets_no_secret_of_its_visitors(tmp_path):
    async with served(tmp_path) as (runner, _):
        async with runner.get("/echo?a=%2F&b=%C3%BC", headers=SECRETS) as response:
            got = await response.json()
        async with runner.get("/echo", method="HEAD", headers=SECRETS) as head:
            assert (head.status, await head.read()) == (200, b"")
    headers = {name.lower(): value for name, value in got["headers"]}
    assert headers["cookie"] == "mine=1; theirs=2"
    assert headers["x-theirs"] == "stays"
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["forwarded"].startswith("for=127.0.0.1;host=")
    assert headers["host"] == f"waves.localhost:{runner.port}"
    gone = {"authorization", "x-wove-user", "x_wove_user", "x-forwarded-user", "x-hop"}
    assert gone & set(headers) == set()
    assert "6.6.6.6" not in json.dumps(got)
    assert got["path"] == "/echo?a=%2F&b=%C3%BC"


async def test_an_app_cannot_set_cookies_for_others(tmp_path):
    async with served(tmp_path) as (runner, _), runner.get("/cookies") as response:
        assert response.headers.getall("Set-Cookie") == ["mine=1; Path=/"]
        assert "Clear-Site-Data" not in response.headers


@pytest.mark.parametrize("sized", [True, False], ids=["with a length", "in chunks"])
async def test_bodies_of_any_size_go_through_as_they_come(tmp_path, sized):
    async def pieces():
        for _ in range(64):
            yield b"y" * 1024 * 1024

    headers = {"Content-Length": str(64 * 1024 * 1024)} if sized else {}
    async with served(tmp_path) as (runner, _):
        async with runner.get("/", method="POST", data=pieces(), headers=headers) as response:
            got = json.loads(await response.text())
        async with runner.get("/big?n=80000000") as response:
            size = sum([len(piece) async for piece in response.content.iter_any()])
    whole = hashlib.sha256(b"y" * 64 * 1024 * 1024).hexdigest()
    assert got == {"size": 64 * 1024 * 1024, "sha256": whole}
    assert size == 80_000_000


async def test_who_asks_before_sending_is_told_to_go_on(tmp_path):
    async with (
        served(tmp_path) as (runner, _),
        runner.get("/", method="POST", data=b"12345", expect100=True) as response,
    ):
        assert json.loads(await response.text())["size"] == 5


async def test_events_come_when_they_are_sent(tmp_path):
    async with served(tmp_path) as (runner, _), runner.get("/events") as response:
        began, came = time.monotonic(), []
        async for line in response.content:
            if line.strip():
                came.append(time.monotonic() - began)
    assert len(came) == 3
    assert came[0] < 0.4
    assert came[2] > 0.8


async def test_half_an_answer_is_not_taken_for_all_of_it(tmp_path):
    async with served(tmp_path) as (runner, _), runner.get("/half") as response:
        with pytest.raises(aiohttp.ClientError):
            await response.read()


async def test_a_websocket_has_the_protocol_that_both_agreed_upon(tmp_path):
    async with (
        served(tmp_path) as (runner, _),
        runner.connect(protocols=["streamlit", "other"]) as socket,
    ):
        assert socket.protocol == "streamlit"
        assert await socket.receive_str() == "v1"
        long = "x" * 60_000
        await socket.send_str(long)
        assert await socket.receive_str() == long


async def test_pages_of_other_sites_cannot_connect(tmp_path):
    async with served(tmp_path) as (runner, _):
        for origin in ("http://evil.example", "null", "http://localhost:8888"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await runner.connect(headers={"Origin": origin})
            assert refused.value.status == 403
        own = f"http://waves.localhost:{runner.port}"
        async with runner.connect(headers={"Origin": own}) as socket:
            assert await socket.receive_str() == "v1"


async def test_an_app_that_opens_no_websocket_says_so_itself(tmp_path):
    async with served(tmp_path) as (runner, _):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await runner.connect("/nowhere")
        assert refused.value.status == 404
        assert await runner.text() == "v1"


async def test_a_page_says_how_to_remix_it(tmp_path):
    async with served(tmp_path) as (runner, about):
        page = await runner.text("/", headers=PAGE)
        assert page.startswith("<!doctype html><title>app</title><h1>v1</h1>")
        assert 'href="http://localhost:8888/wove/@ada/waves"' in page
        for headers in ({}, PAGE | {"Sec-Fetch-Dest": "iframe"}, {"Accept": "*/*"}):
            assert "Remix" not in await runner.text("/", headers=headers)
        assert "Remix" not in await runner.text("/strict", headers=PAGE)
        assert "Remix" not in await runner.text("/version", headers=PAGE)
        assert "remix it" in await runner.text("/_wove/about", headers=PAGE)
        about.badge = False
        await runner.tell(about)
        assert "Remix" not in await runner.text("/", headers=PAGE)


async def test_a_request_that_never_ends_its_head_is_cut_off(tmp_path, monkeypatch):
    monkeypatch.setattr("jupyter_wove_runner.proxy.listener.PATIENCE", 1)
    async with served(tmp_path) as (runner, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", runner.port)
        began = time.monotonic()
        writer.write(b"GET / HTTP/1.1\r\nHost: waves.localhost\r\nX-Slow: ")
        while not reader.at_eof() and time.monotonic() - began < 20:
            writer.write(b"a")
            try:
                await asyncio.wait_for(reader.read(1), 0.2)
            except TimeoutError:
                continue
            except ConnectionError:
                break
        assert time.monotonic() - began < 20
        writer.close()


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: waves.localhost\r\nX: " + b"a" * 20_000,
        b"GET / HTTP/1.1\r\nHost: waves.localhost\r\n" + b"X: 1\r\n" * 200,
        b"POST / HTTP/1.1\r\nHost: waves.localhost\r\nContent-Length: 1\r\n"
        b"Transfer-Encoding: chunked",
        b"GET / HTTP/1.1\r\nHost: waves.localhost\r\nContent-Length: +5",
        b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: waves.localhost",
    ],
    ids=["a long line", "many lines", "two lengths", "an odd length", "a way to elsewhere"],
)
async def test_what_only_does_harm_is_refused(tmp_path, head):
    async with served(tmp_path) as (runner, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", runner.port)
        writer.write(head + b"\r\n\r\n")
        status = int((await asyncio.wait_for(reader.readline(), 10)).split()[1])
        writer.close()
        assert 400 <= status < 500
        assert await runner.text() == "v1"


async def test_a_host_that_nobody_has_is_explained_to_people_and_programs(tmp_path):
    async with running(tmp_path) as runner:
        async with runner.get("/", host="no.localhost", headers=PAGE) as page:
            assert (page.status, page.content_type) == (404, "text/html")
            assert "no app at this address" in await page.text()
        async with runner.get("/", host="no.localhost") as problem:
            assert problem.content_type == "application/problem+json"
            assert (await problem.json())["status"] == 404
