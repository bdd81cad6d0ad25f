"""The past of a document through the HTTP door: who sees it, names it, and brings it back."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from jupyter_wove_server import rooms
from pycrdt import Array, Text
from sqlalchemy import select

from jupyter_wove.accounts import Accounts
from jupyter_wove.accounts.models import NewKey
from jupyter_wove.collaboration.past import PastRow
from jupyter_wove.collaboration.tables import RoomUpdateRow
from jupyter_wove.projects import Members, NewProject, NewVersion, Projects, Restoration, Versions
from jupyter_wove.projects.members.models import Membership
from tests.unit.journey import ask as do

TIMELINE = "wove/api/timeline"


def cell(id_, source):
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    return code | {"id": id_, "source": source}


BOOK = {
    "cells": [cell("a", "x = 1"), cell("b", "y = 2")],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


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
def person(wove):
    def find(name):
        return wove.directory.identity("test", name, name.title())

    return find


@pytest.fixture
def project(wove, person):
    """A project of Ann's; Bob edits it and Vera views it."""
    made = do(wove, person("ann"), Projects.create, NewProject("Waves"))
    for name, role in (("bob", "editor"), ("vera", "viewer")):
        person(name)
        do(wove, person("ann"), Members.put, made.id, name, Membership(role))
    return made


@pytest.fixture
def path(project, jp_root_dir):
    path = f"{project.folder}/waves.ipynb"
    (Path(jp_root_dir) / path).write_text(json.dumps(BOOK))
    return path


@pytest.fixture
def request_(wove, ask, person):
    """Ask for something of the timeline as somebody; answer the status and the JSON."""
    keys = {}

    async def send(name, method, below="", body=None, **query):
        if name not in keys:
            actor = person(name)
            made = do(wove, actor, Accounts.create_key, NewKey("k", list(actor.scopes)))
            keys[name] = made.secret
        headers = {"Authorization": f"Bearer {keys[name]}"}
        answer = await ask(method, TIMELINE + below, body=body, headers=headers, params=query)
        return answer.code, json.loads(answer.body) if answer.body else None

    return send


@pytest.fixture
def moments(request_, path):
    async def listed(name="ann", **query):
        code, page = await request_(name, "GET", path=path, **query)
        assert code == 200, page
        return page["items"]

    return listed


@pytest.fixture
def room(wove, path):
    """What the server does with the notebook in its room."""

    class Room:
        async def name(self):
            return await asyncio.to_thread(wove.live.room_of, path)

        async def set(self, who, at, source):
            def change(doc):
                text = doc.get("cells", type=Array)[at]["source"]
                text.clear()
                text += source

            await asyncio.to_thread(wove.live.edit, await self.name(), change, str(who.id))

        async def sources(self):
            def look(doc):
                return [str(each["source"]) for each in doc.get("cells", type=Array)]

            return await asyncio.to_thread(wove.live.read, await self.name(), look)

        async def remove(self, who, at):
            def change(doc):
                del doc.get("cells", type=Array)[at]

            await asyncio.to_thread(wove.live.edit, await self.name(), change, str(who.id))

        def later(self, minutes=10):
            """Have all that was done until now be older."""
            with wove.database.write() as session:
                for row in session.scalars(select(RoomUpdateRow)):
                    row.at -= timedelta(minutes=minutes)
                for row in session.scalars(select(PastRow)):
                    row.began -= timedelta(minutes=minutes)
                    row.ended -= timedelta(minutes=minutes)

    return Room()


def told(moment):
    return moment["kind"], [each["handle"] for each in moment["people"]], moment["others"]


async def test_a_timeline_tells_who_did_what_when(person, room, moments):
    await room.set(person("ann"), 0, "x = 10")
    room.later()
    await room.set(person("bob"), 0, "x = 20")
    found = [told(each) for each in await moments() if each["kind"] == "edits"]
    file = ("edits", [], ["file"])
    assert found == [("edits", ["bob"], []), ("edits", ["ann"], []), file]


async def test_a_change_on_disk_is_told_as_one(person, room, moments, path, jp_root_dir):
    await room.set(person("ann"), 0, "x = 10")
    room.later()
    file = Path(jp_root_dir) / path
    for _ in range(100):
        if "x = 10" in file.read_text():
            break
        await asyncio.sleep(0.05)
    file.write_text(file.read_text().replace("y = 2", "y = 20"))
    for _ in range(100):
        if await room.sources() == ["x = 10", "y = 20"]:
            break
        await asyncio.sleep(0.05)
    assert told((await moments())[0]) == ("edits", [], ["disk"])


async def test_versions_and_named_moments_stand_between_the_edits(
    wove, person, project, room, moments, request_, path
):
    await room.set(person("ann"), 0, "x = 10")
    do(wove, person("ann"), Versions.save, project.id, NewVersion("First", "draft"))
    code, named = await request_(
        "bob", "POST", "/checkpoints", {"path": path, "name": "Before the talk"}
    )
    assert (code, named["name"]) == (201, "Before the talk")
    found = await moments()
    assert {each["kind"] for each in found} == {"edits", "version", "checkpoint"}
    assert [each["name"] for each in found if each["kind"] == "version"] == ["draft"]
    times = [datetime.fromisoformat(each["at"]) for each in found]
    assert times == sorted(times, reverse=True)


async def test_a_long_timeline_comes_in_pages(person, room, request_, path):
    for number in range(4):
        await room.set(person("ann"), 0, f"x = {number}")
        room.later()
    first = (await request_("ann", "GET", path=path, limit=2))[1]
    second = (await request_("ann", "GET", path=path, limit=2, after=first["next"]))[1]
    found = [each["id"] for each in first["items"] + second["items"]]
    assert len(found) == len(set(found)) == 4
    third = (await request_("ann", "GET", path=path, limit=2, after=second["next"]))[1]
    assert [len(third["items"]), third["next"]] == [1, None]
    assert (await request_("ann", "GET", path=path, after="nonsense"))[0] == 422


async def test_a_document_is_read_and_compared_as_it_was(person, room, moments, request_, path):
    await room.set(person("ann"), 0, "x = 10")
    room.later()
    await room.set(person("bob"), 0, "x = 20")
    newest, oldest, _ = [each["id"] for each in await moments() if each["kind"] == "edits"]
    _, then = await request_("vera", "GET", "/content", path=path, moment=oldest)
    assert "".join(then["cells"][0]["source"]) == "x = 10"
    _, diff = await request_("vera", "GET", "/diff", path=path, base=oldest, head="now")
    changed = [each for each in diff["notebook"]["cells"] if each["kind"] != "same"]
    assert [(line["op"], line["text"]) for line in changed[0]["source"]] == [
        ("-", "x = 10"),
        ("+", "x = 20"),
    ]
    _, none = await request_("vera", "GET", "/diff", path=path, base=newest)
    assert {each["kind"] for each in none["notebook"]["cells"]} == {"same"}


async def test_the_past_is_there_after_all_have_left(
    person, room, moments, request_, path, jp_serverapp
):
    await room.set(person("ann"), 0, "x = 10")
    room.later()
    await room.set(person("bob"), 0, "x = 20")
    before = await moments()
    server = jp_serverapp.web_app.settings["jupyter_server_ydoc"].ywebsocket_server
    await server.delete_room(name=await room.name())
    after = await moments()
    assert [told(each) for each in after] == [told(each) for each in before]
    oldest = after[-2]["id"]
    _, then = await request_("ann", "GET", "/content", path=path, moment=oldest)
    assert "".join(then["cells"][0]["source"]) == "x = 10"


async def test_a_restored_moment_is_undone_without_what_others_did_since(
    person, room, moments, request_, path
):
    await room.set(person("ann"), 0, "x = 10")
    room.later()
    await room.set(person("bob"), 0, "x = 20")
    oldest = (await moments())[-2]["id"]
    code, restored = await request_(
        "ann", "POST", "/restorations", {"path": path, "moment": oldest}
    )
    assert (code, await room.sources()) == (200, ["x = 10", "y = 2"])
    await room.set(person("bob"), 1, "y = 3")
    code, _ = await request_("ann", "POST", f"/restorations/{restored['undo']}/undo", b"")
    assert (code, await room.sources()) == (204, ["x = 20", "y = 3"])
    assert told((await moments())[0])[1] == ["ann", "bob"]


async def test_one_cell_comes_back_alone(person, room, moments, request_, path):
    await room.set(person("ann"), 0, "x = 10")
    room.later()
    await room.set(person("bob"), 1, "y = 20")
    await room.remove(person("bob"), 0)
    oldest = (await moments())[-2]["id"]
    wanted = {"path": path, "moment": oldest, "cell": "a"}
    assert (await request_("ann", "POST", "/restorations", wanted))[0] == 200
    assert await room.sources() == ["x = 10", "y = 20"]
    assert (await request_("ann", "POST", "/restorations", wanted))[1] == {"undo": None}
    unknown = wanted | {"cell": "nowhere"}
    assert (await request_("ann", "POST", "/restorations", unknown))[0] == 404


async def test_a_version_comes_back_into_the_open_document(
    wove, person, project, room, moments, request_, path
):
    do(wove, person("ann"), Versions.save, project.id, NewVersion("First"))
    await room.set(person("bob"), 0, "x = 20")
    version = next(each["id"] for each in await moments() if each["kind"] == "version")
    wanted = {"path": path, "moment": version}
    assert (await request_("ann", "POST", "/restorations", wanted))[0] == 200
    assert await room.sources() == ["x = 1", "y = 2"]


async def test_a_named_moment_is_renamed_and_removed(room, person, moments, request_, path):
    await room.set(person("ann"), 0, "x = 10")
    room.later()
    await room.set(person("ann"), 0, "x = 20")
    oldest = (await moments())[-2]
    body = {"path": path, "name": "Draft", "moment": oldest["id"]}
    _, named = await request_("ann", "POST", "/checkpoints", body)
    assert named["at"] == oldest["at"]
    at = f"/checkpoints/{named['id'][1:]}"
    assert (await request_("bob", "PATCH", at, {"name": "Sent"}))[1]["name"] == "Sent"
    _, then = await request_("bob", "GET", "/content", path=path, moment=named["id"])
    assert "".join(then["cells"][0]["source"]) == "x = 10"
    assert (await request_("bob", "DELETE", at))[0] == 204
    assert (await request_("bob", "GET", "/content", path=path, moment=named["id"]))[0] == 404


async def test_who_only_reads_changes_nothing_and_a_stranger_sees_nothing(
    person, room, moments, request_, path
):
    await room.set(person("ann"), 0, "x = 10")
    moment = (await moments("vera"))[0]["id"]
    _, named = await request_("ann", "POST", "/checkpoints", {"path": path, "name": "Draft"})
    asked = [
        ("POST", "/checkpoints", {"path": path, "name": "Mine"}),
        ("PATCH", f"/checkpoints/{named['id'][1:]}", {"name": "Mine"}),
        ("DELETE", f"/checkpoints/{named['id'][1:]}", None),
        ("POST", "/restorations", {"path": path, "moment": moment}),
        ("POST", f"/restorations/{named['id'][1:]}/undo", b""),
    ]
    for method, below, body in asked:
        assert (await request_("vera", method, below, body))[0] == 403, below
        assert (await request_("stan", method, below, body))[0] == 404, below
    for below, query in (("", {}), ("/content", {"moment": moment}), ("/diff", {"base": moment})):
        assert (await request_("stan", "GET", below, path=path, **query))[0] == 404, below
    assert len(await moments()) == 3


async def test_a_moment_that_cannot_be_is_refused(person, room, request_, path):
    await room.set(person("ann"), 0, "x = 10")
    for moment in ("e", "e-1", "e1x", "e" + "9" * 30, "x1", "c1", "cnone", "c"):
        code, _ = await request_("ann", "GET", "/content", path=path, moment=moment)
        assert code == 422, moment


async def test_a_moment_of_another_file_or_none_is_not_found(
    person, room, request_, path, jp_root_dir
):
    await room.set(person("ann"), 0, "x = 10")
    _, named = await request_("ann", "POST", "/checkpoints", {"path": path, "name": "Draft"})
    (Path(jp_root_dir) / "other.md").write_text("Other")
    for moment in (named["id"], "e1", "e99999"):
        code, _ = await request_("ann", "GET", "/content", path="other.md", moment=moment)
        assert code == 404, moment
    assert (await request_("ann", "GET", path="../other.md"))[0] == 400
    assert (await request_("ann", "GET", path=quote("gone.md")))[0] == 404


async def test_a_text_has_a_past_too(wove, person, request_, jp_root_dir):
    (Path(jp_root_dir) / "notes.md").write_text("tide")

    def type_(doc):
        text = doc.get("source", type=Text)
        text += " tables"

    name = await asyncio.to_thread(wove.live.room_of, "notes.md")
    await asyncio.to_thread(wove.live.edit, name, type_, str(person("ann").id))
    _, page = await request_("ann", "GET", path="notes.md")
    assert told(page["items"][0]) == ("edits", ["ann"], [])
    body = {"path": "notes.md", "moment": page["items"][0]["id"], "cell": "a"}
    assert (await request_("ann", "POST", "/restorations", body))[0] == 422


async def test_a_restored_project_changes_open_documents_and_its_undo_leaves_what_others_did(
    wove, person, project, room, request_, path, jp_root_dir
):
    folder = Path(jp_root_dir) / project.folder
    (folder / "data.csv").write_text("1\n")
    first = do(wove, person("ann"), Versions.save, project.id, NewVersion("First"))
    await room.set(person("bob"), 0, "x = 20")
    (folder / "data.csv").write_text("2\n")
    await asyncio.to_thread(wove.live.save, await room.name())
    second = do(wove, person("ann"), Versions.save, project.id, NewVersion("Second"))

    async def restore(version, **more):
        body = Restoration(version, **more)
        return await asyncio.to_thread(do, wove, person("ann"), Versions.restore, project.id, body)

    await restore(first.id)
    assert await room.sources() == ["x = 1", "y = 2"]
    assert (folder / "data.csv").read_text() == "1\n"
    assert "x = 20" not in (folder / "waves.ipynb").read_text()
    await room.set(person("bob"), 1, "y = 30")
    version = await restore(second.id, undoes=first.id)
    assert await room.sources() == ["x = 20", "y = 30"]
    assert (folder / "data.csv").read_text() == "2\n"
    kept = do(wove, person("ann"), Versions.file, project.id, "waves.ipynb", version.id)
    assert b"y = 30" in b"".join(kept.content)
    _, page = await request_("ann", "GET", path=path)
    edits = [told(each)[1:] for each in page["items"] if each["kind"] == "edits"]
    assert edits[0][0] == ["ann", "bob"]
    assert not any("disk" in others for _, others in edits)
