"""A file that changes under the people who edit it: nothing is lost, nothing is there twice."""

import asyncio
import os
import sqlite3
import time

import nbformat
import pytest
from jupyter_ydoc import YNotebook

from tests.reliability.server import Server
from tests.reliability.typist import NOTICE, Typist

BEGUN = "one\ntwo\nthree\n"


@pytest.fixture
def server(tmp_path):
    extensions = ("jupyter_server_ydoc", "jupyter_server_fileid")
    server = Server(tmp_path / "server", "Ann", "Bob", extensions=extensions)
    (server.root / "notes.md").write_text(BEGUN)
    cells = [nbformat.v4.new_code_cell(text, id=text) for text in ("one", "two", "three")]
    (server.root / "book.ipynb").write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)))
    server.start()
    yield server
    server.kill()


def notes(server):
    return server.root / "notes.md"


async def until(true, seconds=15):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.05)


def write(path, words):
    """Write a file as an editor in a terminal does, with a time that is a new one."""
    path.write_text(words)
    later = time.time() + 1
    os.utime(path, (later, later))


def test_a_change_in_a_terminal_meets_what_is_being_typed(server):
    async def together():
        async with Typist(server, "notes.md") as ann:
            await ann.sees(BEGUN)
            ann.types("Ann")
            write(notes(server), BEGUN.replace("two", "2"))
            ann.types(" types on")
            await ann.sees("one\n2\nthree\nAnn types on")
        await until(lambda: notes(server).read_text() == "one\n2\nthree\nAnn types on")

    asyncio.run(together())


def test_a_change_in_a_terminal_meets_what_never_reached_the_file(server):
    async def type_():
        async with Typist(server, "notes.md") as ann:
            ann.types("Ann was here")
            await ann.is_stored()
            server.kill()

    asyncio.run(type_())
    assert notes(server).read_text() == BEGUN
    write(notes(server), BEGUN.replace("two", "2"))
    server.start()

    async def look():
        async with Typist(server, "notes.md") as ann:
            await ann.sees("one\n2\nthree\nAnn was here")
        await until(lambda: "Ann was here" in notes(server).read_text())

    asyncio.run(look())


def test_an_older_file_that_comes_back_is_what_people_see(server):
    async def type_():
        async with Typist(server, "notes.md") as ann:
            ann.types("A later version")
            await until(lambda: "later" in notes(server).read_text())
            write(notes(server), BEGUN)  # as `git checkout` does it
            await ann.sees(BEGUN)

    asyncio.run(type_())


def test_a_store_that_was_lost_doubles_nothing(server):
    async def type_():
        async with Typist(server, "notes.md") as ann:
            epoch = ann.epoch_told
            ann.types("Once.")
            await until(lambda: "Once." in notes(server).read_text())
            return epoch

    epoch = asyncio.run(type_())
    server.kill()
    for each in server.data.glob("wove.db*"):
        each.unlink()
    server.start()

    async def again():
        async with Typist(server, "notes.md", epoch=epoch) as ann:
            await asyncio.wait_for(ann.has_gone.wait(), 5)
            assert ann.socket.close_code == 4410
        async with Typist(server, "notes.md") as ann:
            await ann.sees(BEGUN + "Once.")

    asyncio.run(again())


def test_two_change_a_notebook_in_a_browser_and_in_a_terminal(server):
    path = server.root / "book.ipynb"

    async def together():
        async with Typist(server, "book.ipynb", kind="json:notebook") as ann:
            book = YNotebook(ann.doc)
            types(book.ycells[0], " by Ann")
            await ann.is_stored()
            found = nbformat.read(path, 4)
            found.cells[2].source = "THREE"
            found.cells.insert(2, nbformat.v4.new_code_cell("new", id="new"))
            write(path, nbformat.writes(found))
            types(book.ycells[1], " by Ann")
            wanted = ["one by Ann", "two by Ann", "new", "THREE"]
            await ann.until(lambda: sources(book) == wanted, lambda: sources(book))
        await until(lambda: "THREE" in path.read_text() and "two by Ann" in path.read_text())

    asyncio.run(together())


def types(ycell, words):
    text = ycell["source"]
    text += words


def sources(book):
    return [cell["source"] for cell in book.get()["cells"]]


def test_a_file_that_nobody_knows_is_kept_beside(server):
    async def type_():
        async with Typist(server, "notes.md") as ann:
            ann.types("Ann")
            await ann.is_stored()
            server.kill()

    asyncio.run(type_())
    take_in_without_saving(server)
    write(notes(server), "From somewhere else")
    server.start()

    async def look():
        async with Typist(server, "notes.md") as ann:
            await ann.sees(BEGUN + "Ann")
            await until(lambda: notes(server).read_text() == BEGUN + "Ann")
            beside = [each for each in server.root.glob("notes*.md") if each != notes(server)]
            assert [each.read_text() for each in beside] == ["From somewhere else"]
            assert "kept as" in ann.was_told(NOTICE)[0]["detail"]

    asyncio.run(look())


def take_in_without_saving(server):
    """Leave the log as a server does that dies between taking a change in and saving it."""
    import sqlite3

    with sqlite3.connect(server.data / "wove.db") as database:
        database.execute("UPDATE room SET merged = 'the digest of a file that is gone'")


@pytest.mark.parametrize("begun", ["", '{"cells": ['], ids=["empty", "half of it"])
def test_a_file_that_the_server_died_in_the_midst_of_writing_is_written_again(server, begun):
    async def type_(words):
        async with Typist(server, "book.ipynb", kind="json:notebook") as ann:
            source = YNotebook(ann.doc).ycells[0]["source"]
            source += words
            await ann.is_stored()
            await until(lambda: words in path.read_text())

    path = server.root / "book.ipynb"
    asyncio.run(type_(" and Ann"))
    server.kill()
    # what the server leaves that is killed between the first byte and the last
    (server.root / ".~book.ipynb").write_text(path.read_text())
    write(path, begun)
    with sqlite3.connect(server.data / "wove.db") as database:
        database.execute("UPDATE room SET writing = 'all of it', writing_at = written_at")
    server.start()
    asyncio.run(type_(" and Bob"))
    (first, *_) = nbformat.read(path, 4).cells
    assert first.source == "one and Ann and Bob"
    assert not (server.root / ".~book.ipynb").exists()
