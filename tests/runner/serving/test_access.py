"""Only whom Wove lets in visits an app, and only for as long as it does."""

import asyncio
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

import aiohttp
import pytest

from jupyter_wove.runner import Visitor
from tests.runner.serving.runner import ADA, HOME, PAGE, app, docker, release, running

BOB = Visitor(UUID(int=2), "bob")


class Browser:
    """Keeps cookies as a browser does for one host."""

    def __init__(self, runner, host="waves.localhost", **headers):
        self.runner, self.host, self.headers, self.cookies = runner, host, headers, {}

    async def open(self, path="/", method="GET", headers=PAGE, **options):
        async with self.runner.get(
            path, host=self.host, method=method, headers=self.sent(headers), **options
        ) as response:
            await response.read()
            for name, cookie in response.cookies.items():
                assert not cookie["domain"]
                assert cookie["httponly"]
                assert cookie["samesite"] == "Lax"
                self.cookies[name] = cookie.value
            return response

    def sent(self, headers):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return self.headers | headers | ({"Cookie": cookies} if cookies else {})

    async def come_in(self, about, visitor=ADA, path="/secret?x=1"):
        """Go where Wove sends a visitor, and come back with a code from there."""
        sent = await self.open(path)
        assert sent.status == 302, sent.status
        (to,) = parse_qs(urlsplit(sent.headers["Location"]).query)["to"]
        return await self.enter(await self.runner.code(about, visitor), to)

    async def enter(self, code, to):
        return await self.open(f"/_wove/enter?{urlencode({'code': code, 'to': to})}")


@pytest.fixture
def private():
    return app(access="private")


async def open_site(runner, about):
    await runner.tell(about)
    await runner.live(about, runner.site("s", index__html="mine", secret="secret"))


async def test_a_stranger_is_sent_to_wove_and_comes_back_with_a_code(tmp_path, private):
    async with running(tmp_path) as runner:
        await open_site(runner, private)
        browser = Browser(runner)
        sent = await browser.open("/secret?x=1")
        assert sent.headers["Location"].startswith(f"{HOME}?to=%2F")
        back = await browser.come_in(private)
        assert (back.status, back.headers["Location"]) == (303, "/secret?x=1")
        assert (await browser.open("/secret")).status == 200
        assert (await Browser(runner).open("/secret")).status == 302


async def test_a_program_is_told_and_never_sent_elsewhere(tmp_path, private):
    async with running(tmp_path) as runner:
        await open_site(runner, private)
        for headers in ({}, {"Cookie": "wove-visitor=guess"}, {"Accept": "application/json"}):
            async with runner.get("/", headers=headers) as response:
                assert (response.status, response.content_type) == (
                    401,
                    "application/problem+json",
                )
                assert "lets in" in (await response.json())["detail"]
        async with runner.get("/_wove/about", headers={}) as response:
            assert response.status == 401


async def test_a_code_lets_one_browser_into_one_app_once(tmp_path, private):
    other = app("other", access="private")
    async with running(tmp_path) as runner:
        await open_site(runner, private)
        await open_site(runner, other)
        first, second = Browser(runner), Browser(runner, "other.localhost")
        code = await runner.code(private)
        ways = [await _way(browser) for browser in (first, second)]
        assert (await second.enter(code, ways[1])).status == 403
        fresh = await runner.code(private)
        assert (await first.enter(fresh, ways[0])).status == 303
        assert (await first.enter(fresh, ways[0])).status == 403
        assert (await first.enter("guess", ways[0])).status == 403
        second.cookies["wove-visitor"] = first.cookies["wove-visitor"]
        assert (await second.open("/secret")).status == 302


async def _way(browser):
    sent = await browser.open("/")
    return parse_qs(urlsplit(sent.headers["Location"]).query)["to"][0]


async def test_a_code_is_good_for_a_minute(tmp_path, private, monkeypatch):
    monkeypatch.setattr("jupyter_wove_runner.proxy.doors.CODE_LIVES", 0.5)
    async with running(tmp_path) as runner:
        await open_site(runner, private)
        browser = Browser(runner)
        code, way = await runner.code(private), await _way(browser)
        await asyncio.sleep(0.7)
        refused = await browser.enter(code, way)
        assert refused.status == 403
        assert "wove-visitor" not in browser.cookies


async def test_nobody_is_made_to_visit_in_the_name_of_somebody_else(tmp_path, private):
    async with running(tmp_path) as runner:
        await open_site(runner, private)
        mallory, ada = Browser(runner), Browser(runner)
        way = await _way(mallory)
        code = await runner.code(private, BOB)
        assert (await ada.enter(code, way)).status == 403  # she was never sent anywhere
        await _way(ada)
        assert (await ada.enter(code, way)).headers["Location"] == "/"
        assert (await ada.enter(code, "/secret")).headers["Location"] == "/secret"
        assert "wove-visitor" not in ada.cookies
        assert (await mallory.enter(code, way)).status == 303


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
async def test_nobody_is_sent_to_another_site(tmp_path, private, to):
    async with running(tmp_path) as runner:
        await open_site(runner, private)
        browser = Browser(runner)
        code = await runner.code(private)
        response = await browser.enter(code, to)
        assert response.headers["Location"] == "/"
        way = await _way(browser)
        tail = f"{way}/evil.example/"
        assert (await browser.enter(code, tail)).headers["Location"] == "/evil.example/"


async def test_who_guesses_codes_has_to_wait(tmp_path, private):
    async with running(tmp_path) as runner:
        await open_site(runner, private)
        browser = Browser(runner)
        way = await _way(browser)
        statuses = [(await browser.enter(f"guess{n}", way)).status for n in range(22)]
        assert statuses[:20] == [403] * 20
        assert statuses[20:] == [429, 429]


async def test_after_a_while_wove_is_asked_again(tmp_path, private, monkeypatch):
    async with running(tmp_path) as runner:
        await open_site(runner, private)
        browser = Browser(runner)
        await browser.come_in(private)
        monkeypatch.setattr("jupyter_wove_runner.proxy.doors.RENEWED", 0)
        assert (await browser.open("/secret")).status == 302
        part = await browser.open("/secret", headers={"Sec-Fetch-Mode": "cors"})
        assert part.status == 200
        monkeypatch.setattr("jupyter_wove_runner.proxy.doors.STAY", 0)
        part = await browser.open("/secret", headers={"Sec-Fetch-Mode": "cors"})
        assert part.status == 401


async def test_an_app_knows_who_visits_it_and_strangers_open_no_websocket(tmp_path, private):
    async with docker() as engine, running(tmp_path, engine) as runner:
        await runner.tell(private)
        await runner.live(private, release("v1"))
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await runner.connect()
        assert refused.value.status == 401
        browser = Browser(runner, **{"X-Wove-User": "root"})
        await browser.come_in(private)
        async with runner.get("/echo", headers=browser.sent({})) as response:
            said = dict((await response.json())["headers"])
        assert said["X-Wove-User"] == "Ada L%C3%B6ve"
        assert said["X-Wove-User-Id"] == str(ADA.person_id)
        assert "Cookie" not in said
        async with runner.connect(headers=browser.sent({})) as socket:
            assert await socket.receive_str() == "v1"
            await runner.ask("DELETE", f"/v1/apps/{private.id}/visitors/{ADA.person_id}")
            ended = await asyncio.wait_for(socket.receive(), 10)
            assert ended.type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
        assert (await browser.open("/echo")).status == 302


async def test_who_may_visit_changes_at_once(tmp_path):
    about = app(access="public")
    async with running(tmp_path) as runner:
        await open_site(runner, about)
        assert (await Browser(runner).open("/secret")).status == 200
        about.access = "project"
        await runner.tell(about)
        assert (await Browser(runner).open("/secret")).status == 302


async def test_after_a_restart_visitors_come_in_again_and_secret_names_stay(tmp_path, private):
    hidden = app("hidden", access="unlisted")
    async with running(tmp_path) as runner:
        await open_site(runner, private)
        await open_site(runner, hidden)
        browser = Browser(runner)
        await browser.come_in(private)
        port, url = runner.port, (await runner.state(hidden)).url
    async with running(tmp_path) as runner:
        browser.runner = runner
        assert (await browser.open("/secret")).status == 302
        assert (await runner.state(hidden)).url == url
        assert runner.port == port


async def test_who_came_by_a_name_of_its_own_comes_back_there(tmp_path):
    about = app(access="private", hosts=["waves.example.org"])
    async with running(tmp_path) as runner:
        await open_site(runner, about)
        browser, usual = Browser(runner, "waves.example.org"), Browser(runner)
        way = await _way(browser)
        moved = await usual.enter(code := await runner.code(about), way)
        own = f"http://waves.example.org:{runner.port}/_wove/enter?"
        assert moved.headers["Location"].startswith(own)
        assert code in moved.headers["Location"]
        assert (await browser.enter(code, way)).headers["Location"] == "/"
        assert (await browser.open("/secret")).status == 200
        elsewhere = way.replace("waves.example.org", "evil.example")
        assert (await usual.enter(code, elsewhere)).headers["Location"] == "/"


async def test_who_need_not_come_in_any_more_is_led_on(tmp_path):
    about = app(access="project")
    async with running(tmp_path) as runner:
        await open_site(runner, about)
        browser = Browser(runner)
        way = await _way(browser)
        about.access = "public"
        await runner.tell(about)
        assert (await browser.open(way)).headers["Location"] == "/"
