import asyncio

import msgspec
from jupyter_wove_server import streams

from tests.http.conftest import read_head
from tests.http.probe import Probe


async def test_items_come_as_events_with_ids_and_an_end(ask):
    response = await ask("GET", "wove/api/probe/count")
    assert response.headers["Content-Type"] == "text/event-stream"
    events = response.body.decode().split("\n\n")
    assert events[1] == "id: 1\ndata: 1"
    assert events[-2] == "event: end\ndata: {}"


async def test_a_caller_that_was_cut_off_gets_the_rest(ask):
    response = await ask("GET", "wove/api/probe/count", headers={"Last-Event-ID": "3"})
    assert [line for line in response.body.decode().splitlines() if line.startswith("id")] == [
        "id: 4",
        "id: 5",
    ]


async def test_a_stream_that_is_not_for_the_caller_is_an_ordinary_refusal(ask):
    response = await ask("GET", "wove/api/probe/refused")
    assert response.code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


async def test_nobody_hears_nothing(ask_as_nobody):
    assert (await ask_as_nobody("GET", "wove/api/probe/count")).code == 401


async def test_head_of_a_stream_starts_nothing(ask):
    response = await ask("HEAD", "wove/api/probe/forever")
    assert (response.code, Probe.served) == (200, [])


async def test_a_stream_that_breaks_says_so_and_nothing_of_our_inside(ask, wove_log):
    body = (await ask("GET", "wove/api/probe/breaks")).body
    *_, event, data, _, _ = body.split(b"\n")
    assert event == b"event: problem"
    assert msgspec.json.decode(data.removeprefix(b"data: "))["status"] == 500
    assert b"canary" not in body
    assert "RuntimeError" in wove_log.getvalue()


async def test_a_stream_ends_when_its_reader_goes(ask_raw):
    reader, writer = await ask_raw("GET", "wove/api/probe/forever", read=False)
    await reader.readuntil(b"data: 3\n\n")
    writer.close()
    assert await asyncio.to_thread(Probe.closed.wait, 5)


async def test_a_silent_stream_ends_when_its_reader_goes(ask_raw):
    reader, writer = await ask_raw("GET", "wove/api/probe/silence", read=False)
    await reader.readuntil(b": connected\n\n")
    writer.close()
    assert await asyncio.to_thread(Probe.closed.wait, 5)


async def test_a_silent_stream_gives_signs_of_life(ask_raw, monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.05)
    reader, writer = await ask_raw("GET", "wove/api/probe/silence", read=False)
    await reader.readuntil(b": here\n\n")
    await reader.readuntil(b": here\n\n")
    writer.close()


async def test_a_server_that_stops_ends_its_streams(ask_raw, jp_serverapp):
    reader, _ = await ask_raw("GET", "wove/api/probe/silence", read=False)
    await read_head(reader)
    await reader.readuntil(b": connected\n\n")
    await jp_serverapp.extension_manager.stop_all_extensions()
    assert await asyncio.to_thread(Probe.closed.wait, 5)
