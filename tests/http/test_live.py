"""Operations read and edit documents in their rooms, where people see at once what changed."""

import asyncio
from pathlib import Path

import pytest
from jupyter_wove_server import rooms
from jupyter_wove_server.rooms.handler import RoomHandler
from jupyter_wove_server.rooms.logged import LoggedRoom
from pycrdt import Array, Map, Text

from jupyter_wove.kit.errors import NotFound, Unavailable

NOTEBOOK = """{"cells": [{"cell_type": "code", "id": "a", "source": "1", "metadata": {},
"outputs": [], "execution_count": null}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"""


@pytest.fixture
def jp_server_config(jp_server_config):
    extensions = {"jupyter_server_fileid": True, "jupyter_server_ydoc": True}
    jp_server_config["ServerApp"]["jpserver_extensions"] |= extensions
    jp_server_config["YDocExtension"] = {"document_save_delay": 0.1}
    return jp_server_config


@pytest.fixture
def wove(jp_serverapp, jp_asyncio_loop):
    serving = jp_serverapp.web_app.settings["wove_serving"]
    yield jp_asyncio_loop.run_until_complete(asyncio.to_thread(lambda: serving.wove))
    jp_asyncio_loop.run_until_complete(rooms.save_all(jp_serverapp))


@pytest.fixture
def file(jp_root_dir):
    path = Path(jp_root_dir) / "notes.md"
    path.write_text("tide")
    return path


def typed(words):
    """Return what types at the end of a text, and returns its length."""

    def change(doc):
        text = doc.get("source", type=Text)
        text += words
        return len(str(text))

    return change


def text_of(doc):
    return str(doc.get("source", type=Text))


async def test_an_edit_is_on_disk_with_its_author_before_the_answer(wove, file):
    def work():
        room = wove.live.room_of("notes.md")
        length = wove.live.edit(room, typed(" tables"), "ada")
        return room, length, wove.live.read(room, text_of)

    room, length, text = await asyncio.to_thread(work)
    assert (length, text) == (11, "tide tables")
    with wove.database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT room, authors FROM room_update").all()
    assert (room.removeprefix("text:"), '["ada"]') in rows
    for _ in range(100):
        if file.read_text() == "tide tables":
            break
        await asyncio.sleep(0.05)
    assert file.read_text() == "tide tables"


async def test_a_room_names_its_file_and_a_file_its_room(wove, file):
    def work():
        room = wove.live.room_of("notes.md")
        beside = "wove:comments:" + room.split(":")[2]
        return wove.live.path_of(room), wove.live.path_of(beside)

    assert await asyncio.to_thread(work) == ("notes.md", "notes.md")
    with pytest.raises(NotFound, match="no such file"):
        await asyncio.to_thread(wove.live.room_of, "gone.md")
    with pytest.raises(NotFound, match="no such file"):
        await asyncio.to_thread(wove.live.path_of, "text:file:0")


async def test_what_a_change_raises_comes_to_the_caller(wove, file):
    def work():
        def change(_doc):
            raise Unavailable("Not now.")

        wove.live.edit(wove.live.room_of("notes.md"), change)

    with pytest.raises(Unavailable, match="Not now"):
        await asyncio.to_thread(work)


async def test_a_room_beside_a_file_keeps_what_it_holds(wove, file, jp_serverapp):
    def work():
        beside = "wove:comments:" + wove.live.room_of("notes.md").split(":")[2]
        wove.live.edit(beside, lambda doc: doc.get("threads", type=Map).update({"a": "well"}))
        return beside

    beside = await asyncio.to_thread(work)
    server = jp_serverapp.web_app.settings["jupyter_server_ydoc"].ywebsocket_server
    await server.delete_room(name=beside)
    read = wove.live.read
    found = await asyncio.to_thread(read, beside, lambda doc: doc.get("threads", type=Map).to_py())
    assert found == {"a": "well"}
    assert file.read_text() == "tide"


async def test_an_edit_makes_nothing_trusted_where_people_are_told_apart(
    wove, jp_root_dir, monkeypatch
):
    monkeypatch.setattr(LoggedRoom, "strangers", True)
    (Path(jp_root_dir) / "waves.ipynb").write_text(NOTEBOOK)

    def trust(doc):
        doc.get("cells", type=Array)[0]["metadata"] = Map({"trusted": True, "tags": []})

    def work():
        room = wove.live.room_of("waves.ipynb")
        wove.live.edit(room, trust)
        return wove.live.read(room, lambda doc: doc.get("cells", type=Array).to_py())

    (cell,) = await asyncio.to_thread(work)
    assert cell["metadata"] == {"tags": []}


async def test_a_room_that_nobody_needs_closes(wove, file, jp_serverapp, monkeypatch):
    extension = jp_serverapp.web_app.settings["jupyter_server_ydoc"]
    extension.document_cleanup_delay = 0.1
    room = await asyncio.to_thread(wove.live.room_of, "notes.md")
    await asyncio.to_thread(wove.live.edit, room, typed(" tables"))
    for _ in range(100):
        if not extension.ywebsocket_server.rooms:
            break
        await asyncio.sleep(0.05)
    assert not extension.ywebsocket_server.rooms
    assert await asyncio.to_thread(wove.live.read, room, text_of) == "tide tables"
    assert RoomHandler.serving.wove is wove
