"""What people type together is kept, whatever happens to the server."""

import asyncio
import signal
import sqlite3
import time

import pytest

from tests.reliability.server import Server
from tests.reliability.typist import Typist

STOPS_WITHIN = 5.0  # seconds


@pytest.fixture
def server(tmp_path):
    extensions = ("jupyter_server_ydoc", "jupyter_server_fileid")
    server = Server(tmp_path / "server", "Ann", "Bob", extensions=extensions)
    (server.root / "notes.md").write_text("Begun. ")
    server.start()
    yield server
    server.kill()


def stored(server):
    """Count what is in the log of the rooms."""
    with sqlite3.connect(server.data / "wove.db") as database:
        return database.execute("SELECT count(*) FROM room_update").fetchone()[0]


async def more_is_stored(server, before):
    for _ in range(2_000):
        if stored(server) > before:
            return
        await asyncio.sleep(0.005)
    raise AssertionError("Nothing was stored.")


def on_disk(server):
    return (server.root / "notes.md").read_text()


def test_two_people_see_what_the_other_types(server):
    async def together():
        async with (
            Typist(server, "notes.md", "Ann") as ann,
            Typist(server, "notes.md", "Bob") as bob,
        ):
            ann.types("Ann was here. ")
            await bob.sees("Begun. Ann was here. ")
            bob.types("Bob too.")
            await ann.sees("Begun. Ann was here. Bob too.")

    asyncio.run(together())


def test_a_file_is_written_while_somebody_types_on_and_on(server):
    async def typing():
        async with Typist(server, "notes.md") as ann:
            until = time.monotonic() + 8
            while time.monotonic() < until and "word" not in on_disk(server):
                ann.types("word ")
                await asyncio.sleep(0.05)  # upstream would wait for a whole second of quiet

    asyncio.run(typing())
    assert "word" in on_disk(server)


def test_all_of_a_burst_is_kept_though_everybody_leaves_at_once(server):
    words = [f"{number} " for number in range(1500)]

    async def burst():
        async with Typist(server, "notes.md") as ann:
            for word in words:
                ann.types(word)
            async with Typist(server, "notes.md") as bob:
                await bob.sees("Begun. " + "".join(words))

    asyncio.run(burst())
    time.sleep(0.5)
    server.kill()
    server.start()
    asyncio.run(sees(server, "Begun. " + "".join(words)))


async def sees(server, words):
    async with Typist(server, "notes.md") as somebody:
        await somebody.sees(words)


def test_a_killed_server_has_what_was_typed_before_the_file_was_written(server):
    async def typing():
        async with Typist(server, "notes.md") as ann:
            before = stored(server)
            ann.types("Not in the file yet.")
            await more_is_stored(server, before)
            server.kill()

    asyncio.run(typing())
    assert on_disk(server) == "Begun. "
    server.start()
    asyncio.run(sees(server, "Begun. Not in the file yet."))


def test_nothing_that_was_acknowledged_is_lost_when_the_server_dies_under_load(server):
    async def typing():
        async with Typist(server, "notes.md") as ann:
            sent = {}
            for number in range(900):
                ann.types(f"{number} ")
                sent[str(number)] = ann.sent
                await asyncio.sleep(1 / 300)
            server.kill()
            await asyncio.wait_for(ann.has_gone.wait(), 5)
            return {word for word, at in sent.items() if at <= ann.stored}

    safe = asyncio.run(typing())
    assert safe
    server.start()

    async def look():
        async with Typist(server, "notes.md") as ann:
            return str(ann.text).split()[1:]

    found = asyncio.run(look())
    assert safe <= set(found)
    assert len(found) == len(set(found))


def test_a_tab_that_was_open_all_the_time_doubles_nothing(server):
    async def typing():
        ann = Typist(server, "notes.md")
        async with ann:
            ann.types("Once.")
            await asyncio.sleep(2)
        server.kill()
        server.start()
        again = Typist(server, "notes.md")
        again.doc = ann.doc
        async with again:
            await again.sees("Begun. Once.")

    asyncio.run(typing())


def test_a_server_that_is_asked_to_stop_saves_and_goes(server):
    async def typing():
        async with Typist(server, "notes.md") as ann:
            before = stored(server)
            ann.types("Just now.")
            await more_is_stored(server, before)
            began = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            await asyncio.to_thread(server.process.wait, 30)
            return time.monotonic() - began

    took = asyncio.run(typing())
    assert on_disk(server) == "Begun. Just now."
    assert took < STOPS_WITHIN, server.log[-3000:]
