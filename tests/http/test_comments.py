"""Comments on a file: who may say something, what becomes of it, and in whose name."""

import asyncio
import json
from pathlib import Path

import pytest
from jupyter_wove_server import rooms
from pycrdt import Array, Doc, Map, create_update_message, handle_sync_message
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from jupyter_wove.accounts import Accounts
from jupyter_wove.accounts.models import NewKey
from jupyter_wove.collaboration import CommentMentioned
from jupyter_wove.projects import Members, NewProject, Projects
from jupyter_wove.projects.members.models import Membership
from tests.unit.journey import ask as do

SOURCE = "waves = sin(t)\nmean(waves)\n"
BOOK = {
    "cells": [
        {
            "cell_type": "code",
            "id": id_,
            "source": source,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for id_, source in (("a", SOURCE), ("b", "x = 1"))
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}
QUOTE = {"text": "mean(waves)", "start": 15, "before": "sin(t)\n", "after": "\n"}
REFUSED = 102


@pytest.fixture
def jp_server_config(jp_server_config):
    extensions = {"jupyter_server_fileid": True, "jupyter_server_ydoc": True}
    jp_server_config["ServerApp"]["jpserver_extensions"] |= extensions
    return jp_server_config


@pytest.fixture
def wove(jp_serverapp, jp_asyncio_loop):
    serving = jp_serverapp.web_app.settings["wove_serving"]
    yield jp_asyncio_loop.run_until_complete(asyncio.to_thread(lambda: serving.wove))
    jp_asyncio_loop.run_until_complete(rooms.save_all(jp_serverapp))


@pytest.fixture
def owner(wove):
    return wove.directory.local()


@pytest.fixture
def path(wove, owner, jp_root_dir):
    """A notebook in a project of its owner's; Vera views it, Carl comments, Edda edits."""
    project = do(wove, owner, Projects.create, NewProject("Waves"))
    for name, role in (("vera", "viewer"), ("carl", "commenter"), ("edda", "editor")):
        wove.directory.identity("test", name, name.title())
        do(wove, owner, Members.put, project.id, name, Membership(role))
    wove.directory.identity("test", "stan", "Stan")
    (Path(jp_root_dir) / project.folder / "waves.ipynb").write_text(json.dumps(BOOK))
    return f"{project.folder}/waves.ipynb"


@pytest.fixture
def say(wove, ask, path):
    """Ask for something below the comments of the notebook, as somebody."""
    keys = {}

    async def asked(name, method, below="", body=None, key="", path=path):
        if name not in keys:
            actor = wove.directory.identity("test", name, name.title())
            made = do(wove, actor, Accounts.create_key, NewKey("k", list(actor.scopes)))
            keys[name] = made.secret
        headers = {"Authorization": f"Bearer {keys[name]}"}
        headers |= {"Idempotency-Key": key} if key else {}
        address = f"wove/api/comments{below}"
        return await ask(method, address, body=body, headers=headers, params={"path": path})

    return asked


@pytest.fixture
def begin(say):
    """Begin a thread as Carl; return it."""

    async def begun(text="Why the mean?", **about):
        answer = await say("carl", "POST", body={"text": text} | about)
        assert answer.code == 201, answer.body
        return json.loads(answer.body)

    return begun


@pytest.fixture
def threads(say):
    """List the threads, as Vera sees them."""

    async def listed():
        answer = await say("vera", "GET")
        assert answer.code == 200, answer.body
        return json.loads(answer.body)["threads"]

    return listed


def below(thread, message=0):
    return f"/{thread['id']}/messages/{thread['messages'][message]['id']}"


async def test_a_comment_is_there_for_all_who_may_read(begin, threads):
    begun = await begin(cell="a", quote=QUOTE)
    (found,) = await threads()
    assert found["thread"] == begun
    assert found["found"] == {"sure": "certain", "cell": "a", "start": 15, "end": 26}
    (said,) = begun["messages"]
    assert (said["text"], said["author"]["handle"]) == ("Why the mean?", "carl")
    assert said["created"].endswith("Z")


async def test_a_comment_stays_when_its_cell_goes(begin, threads, wove, path):
    def remove():
        room = wove.live.room_of(path)
        wove.live.edit(room, lambda doc: doc.get("cells", type=Array).pop(0))

    await begin(cell="a", quote=QUOTE)
    await asyncio.to_thread(remove)
    (found,) = await threads()
    assert found["found"]["sure"] == "outdated"
    assert found["thread"]["anchor"]["quote"]["text"] == "mean(waves)"


async def test_a_thread_is_answered_settled_and_opened_again(begin, say):
    begun = await begin()
    answered = await say("edda", "POST", f"/{begun['id']}/messages", {"text": "It is asked for."})
    settled = await say("carl", "PUT", f"/{begun['id']}/resolution")
    again = await say("edda", "DELETE", f"/{begun['id']}/resolution")
    assert (answered.code, settled.code, again.code) == (201, 200, 200)
    assert json.loads(settled.body)["resolved"]["by"]["handle"] == "carl"
    last = json.loads(again.body)
    assert last["resolved"] is None
    assert [each["author"]["name"] for each in last["messages"]] == ["Carl", "Edda"]


async def test_an_answer_opens_a_settled_thread(begin, say):
    begun = await begin()
    await say("carl", "PUT", f"/{begun['id']}/resolution")
    answer = await say("edda", "POST", f"/{begun['id']}/messages", {"text": "Wait."})
    assert json.loads(answer.body)["resolved"] is None


async def test_who_only_views_reads_and_a_stranger_does_not(begin, say):
    begun = await begin()
    answers = {}
    for name in ("vera", "stan"):
        answers[name] = [
            (await say(name, "GET")).code,
            (await say(name, "POST", body={"text": "Me too."})).code,
            (await say(name, "POST", f"/{begun['id']}/messages", {"text": "Me too."})).code,
            (await say(name, "PUT", f"/{begun['id']}/resolution")).code,
            (await say(name, "DELETE", below(begun))).code,
        ]
    assert answers == {"vera": [200, 403, 403, 403, 403], "stan": [404] * 5}


async def test_only_its_author_changes_a_comment(begin, say):
    begun = await begin()
    refused = await say("edda", "PATCH", below(begun), {"text": "I never said that."})
    changed = await say("carl", "PATCH", below(begun), {"text": "Why the median?"})
    (said,) = json.loads(changed.body)["messages"]
    assert (refused.code, said["text"]) == (403, "Why the median?")
    assert said["edited"] > said["created"]


async def test_a_comment_is_deleted_by_its_author_or_an_editor(begin, say, threads):
    begun = await begin()
    answer = await say("edda", "POST", f"/{begun['id']}/messages", {"text": "Because."})
    refused = await say("carl", "DELETE", below(json.loads(answer.body), 1))
    done = await say("edda", "DELETE", below(begun))
    (left,) = await threads()
    assert (refused.code, done.code) == (403, 204)
    assert [each["text"] for each in left["thread"]["messages"]] == ["Because."]
    await say("edda", "DELETE", below(json.loads(answer.body), 1))
    assert await threads() == []


@pytest.mark.parametrize(
    "body",
    [
        {"text": ""},
        {"text": " \n"},
        {"text": "x" * 10_001},
        {"text": "x", "author": {"handle": "edda"}},
        {"text": "x", "quote": QUOTE},
    ],
    ids=["nothing", "spaces", "too much", "another author", "words of no cell"],
)
async def test_what_is_no_comment_is_refused(say, body):
    assert (await say("carl", "POST", body=body)).code == 422


async def test_what_is_not_there_is_not_found(say, begin):
    begun = await begin()
    gone = f"/{begun['id'][:-4]}0000"
    answers = [
        await say("carl", "POST", body={"text": "x", "cell": "gone"}),
        await say("carl", "POST", f"{gone}/messages", {"text": "x"}),
        await say("carl", "PUT", f"{gone}/resolution"),
        await say("carl", "DELETE", f"/{begun['id']}/messages/{begun['id']}"),
        await say("carl", "GET", path="nowhere.md"),
    ]
    assert [each.code for each in answers] == [404] * 5


async def test_a_path_that_leads_elsewhere_is_refused(say, path):
    folder = path.partition("/")[0]
    assert (await say("stan", "GET", path=f"elsewhere/../{folder}/waves.ipynb")).code == 400


async def test_a_comment_that_is_sent_again_is_there_once(say, threads):
    first = await say("carl", "POST", body={"text": "Once."}, key="k1")
    second = await say("carl", "POST", body={"text": "Once."}, key="k1")
    assert first.body == second.body
    assert len(await threads()) == 1


async def test_who_is_called_is_told_once(begin, say, wove):
    told = []
    wove.units.listeners.witness(CommentMentioned, lambda _, event: told.append(event))
    begun = await begin("@edda and @nobody, also @edda: see `@vera`, @carl, ann@stan.org")
    (said,) = begun["messages"]
    assert said["mentions"] == ["carl", "edda"]
    await say("carl", "PATCH", below(begun), {"text": "@edda, @stan and @vera!"})
    people = {each.person_id for each in told}
    known = {name: wove.directory.identity("test", name, "").id for name in ("edda", "vera")}
    assert len(told) == 2
    assert people == set(known.values())


async def test_a_document_has_so_many_threads_and_no_more(begin, say, monkeypatch):
    monkeypatch.setattr("jupyter_wove.collaboration.comments.document.MOST_THREADS", 1)
    await begin()
    answer = await say("carl", "POST", body={"text": "One more."})
    assert answer.code == 413
    assert b"at most 1 threads" in answer.body


async def test_nobody_writes_comments_by_their_socket(
    begin, say, threads, jp_serverapp, jp_base_url
):
    await begin()
    room = json.loads((await say("vera", "GET")).body)["room"]
    token = jp_serverapp.identity_provider.token
    address = (
        f"ws://localhost:{jp_serverapp.port}{jp_base_url}api/collaboration/room/{room}?wove=1"
    )
    socket = await websocket_connect(
        HTTPRequest(address, headers={"Authorization": f"token {token}"})
    )
    doc = Doc()
    while not doc.get("threads", type=Map).to_py():
        message = await socket.read_message()
        if message[0] == 0:
            handle_sync_message(message[1:], doc)
            if message[1] == 0:
                await socket.write_message(b"\x00\x00\x01\x00", binary=True)
    doc.get("threads", type=Map).clear()
    await socket.write_message(create_update_message(doc.get_update()), binary=True)
    while (await socket.read_message())[0] != REFUSED:
        pass
    socket.close()
    assert len(await threads()) == 1
