"""Sites are served from their folder, with what browsers like, and nothing beside it."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from jupyter_wove.kit.errors import NotFound
from tests.runner.serving.runner import PAGE, app, running


@asynccontextmanager
async def site(folder, about=None, **files):
    about = about or app()
    async with running(folder) as runner:
        await runner.tell(about)
        await runner.live(about, runner.site("s1", **files))
        yield runner, about


async def test_a_site_is_live_at_its_name(tmp_path):
    async with site(tmp_path, index__html="<h1>Waves</h1>") as (runner, about):
        assert await runner.text("/") == "<h1>Waves</h1>"
        state = await runner.state(about)
    assert (state.state, state.url) == ("live", f"http://waves.localhost:{runner.port}/")


async def test_a_site_without_a_first_page_is_refused(tmp_path):
    about = app()
    async with running(tmp_path) as runner:
        await runner.tell(about)
        failed = await runner.refused(about, runner.site("s1", other__html="x"))
        escaped = await runner.refused(about, runner.site("../../etc"))
    assert "no index.html" in failed.reason
    assert "not there any more" in escaped.reason


async def test_a_browser_that_has_a_page_gets_it_once(tmp_path):
    async with site(tmp_path, index__html="<h1>Waves</h1>") as (runner, _):
        async with runner.get("/") as first:
            tag = first.headers["ETag"]
        async with runner.get("/", headers={"If-None-Match": f'"other", W/{tag}'}) as second:
            assert (second.status, await second.read()) == (304, b"")
        await runner.live(_, runner.site("s2", index__html="<h1>Other</h1>"))
        async with runner.get("/", headers={"If-None-Match": tag}) as third:
            assert third.status == 200
    assert first.headers["Cache-Control"] == "public, no-cache"


async def test_what_is_named_by_its_content_is_kept_for_a_year(tmp_path):
    files = {"index__html": "x", "app__4f2c81d0__js": "1"}
    async with site(tmp_path, **files) as (runner, _), runner.get("/app.4f2c81d0.js") as script:
        assert "immutable" in script.headers["Cache-Control"]
        assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert script.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepted", "encoding", "body"),
    [
        ("br, gzip", "br", b"as brotli"),
        ("gzip", "gzip", b"as gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", b"as gzip"),
        ("identity", None, b"plain"),
    ],
)
async def test_what_is_compressed_ahead_is_sent_to_who_takes_it(
    tmp_path, accepted, encoding, body
):
    files = {
        "index__html": b"plain",
        "index__html__br": b"as brotli",
        "index__html__gz": b"as gzip",
    }
    async with site(tmp_path, **files) as (runner, _):
        runner.visitor._auto_decompress = False
        async with runner.get("/", headers={"Accept-Encoding": accepted}) as response:
            assert response.headers.get("Content-Encoding") == encoding
            assert await response.read() == body
            assert "Accept-Encoding" in response.headers["Vary"]


async def test_a_smaller_picture_is_sent_to_who_takes_it(tmp_path):
    files = {"index__html": "x", "a__png": b"png", "a__png__webp": b"webp"}
    async with site(tmp_path, **files) as (runner, _):
        async with runner.get("/a.png", headers={"Accept": "image/webp,*/*"}) as smaller:
            assert await smaller.read() == b"webp"
            assert smaller.headers["Content-Type"] == "image/webp"
        async with runner.get("/a.png", headers={"Accept": "image/png"}) as usual:
            assert await usual.read() == b"png"


async def test_addresses_need_no_endings(tmp_path):
    files = {"index__html": "home", "about__html": "about", "docs/index__html": "docs"}
    async with site(tmp_path, **files) as (runner, _):
        assert await runner.text("/about") == "about"
        assert await runner.text("/docs/") == "docs"
        async with runner.get("/docs") as response:
            assert (response.status, response.headers["Location"]) == (308, "/docs/")


async def test_a_site_says_itself_what_is_missing(tmp_path):
    async with (
        site(tmp_path, index__html="x", **{"404__html": "nothing"}) as (runner, _),
        runner.get("/no/such") as response,
    ):
        assert (response.status, await response.text()) == (404, "nothing")


@pytest.mark.parametrize(
    ("wanted", "status", "body", "said"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=5-100", 206, b"56789", "bytes 5-9/10"),
        ("bytes=a-b", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
async def test_a_part_of_a_file_can_be_had(tmp_path, wanted, status, body, said):
    async with (
        site(tmp_path, index__html="x", data__bin=b"0123456789") as (runner, _),
        runner.get("/data.bin", headers={"Range": wanted}) as response,
    ):
        assert (response.status, await response.read()) == (status, body)
        assert response.headers.get("Content-Range") == said


async def test_a_part_behind_the_end_is_refused(tmp_path):
    async with (
        site(tmp_path, index__html="x", data__bin=b"0123456789") as (runner, _),
        runner.get("/data.bin", headers={"Range": "bytes=10-"}) as response,
    ):
        assert response.status == 416


async def test_a_head_has_the_length_and_no_body(tmp_path):
    async with site(tmp_path, index__html="12345") as (runner, _):
        for headers in ({}, PAGE):
            async with runner.get("/", headers=headers) as whole:
                length = len(await whole.read())
            async with runner.get("/", method="HEAD", headers=headers) as head:
                assert head.headers["Content-Length"] == str(length)
                assert await head.read() == b""


async def test_a_site_is_only_read(tmp_path):
    async with (
        site(tmp_path, index__html="x") as (runner, _),
        runner.get("/", method="POST", data=b"x") as response,
    ):
        assert response.status == 405
        assert "can only be read" in (await response.json())["detail"]


async def test_the_sites_of_members_stay_out_of_caches_and_frames_of_others(tmp_path):
    about = app(access="unlisted")
    async with site(tmp_path, about, index__html="x") as (runner, _):
        host = (await runner.state(about)).url.split("/")[2].partition(":")[0]
        async with runner.get("/", host=host) as response:
            assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert response.headers["Referrer-Policy"] == "same-origin"
            assert "frame-ancestors 'self' http://localhost:8888" in str(response.headers)
        async with runner.get("/") as guessed:
            assert guessed.status == 404
    assert host != "waves.localhost"


async def test_several_can_remove_the_same_app_at_once(tmp_path):
    about = app()
    async with running(tmp_path) as runner:
        await runner.tell(about)
        await runner.live(about, runner.site("one", index__html="<h1>1</h1>"))
        removals = [runner.ask("DELETE", f"/v1/apps/{about.id}") for _ in range(4)]
        answers = await asyncio.gather(*removals, return_exceptions=True)
        assert [each for each in answers if each and not isinstance(each, NotFound)] == []
        assert list((tmp_path / "sites").iterdir()) == []


async def test_a_release_that_was_refused_is_forgotten_with_its_pages(tmp_path):
    about = app()
    async with running(tmp_path) as runner:
        await runner.tell(about)
        bad = runner.site("bad", a__txt="no page")
        await runner.refused(about, bad)
        await runner.ask("DELETE", f"/v1/apps/{about.id}/releases/{bad.id}")
        assert list((tmp_path / "sites").iterdir()) == []
