"""Who may come into a document, what they may do there, and what is no message at all."""

import asyncio
import json

import nbformat
import pytest
from jupyter_ydoc import YNotebook
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClosedError

from tests.reliability.server import Server
from tests.reliability.typist import REFUSED, WELCOME, Typist
from tests.security.frames import changes, scraps

FRAMES = 10_000
NOTEBOOK = "json:notebook"
MALFORMED = 1007


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of three people on which documents are edited together."""
    extensions = ("jupyter_server_ydoc", "jupyter_server_fileid")
    folder = tmp_path_factory.mktemp("rooms") / "server"
    server = Server(folder, "Ann", "Bob", "Eve", extensions=extensions)
    server.start()
    for name in ("Bob", "Eve"):
        server.api("GET", "me", name=name)
    yield server
    server.kill()


@pytest.fixture
def path(server, request):
    """A file in a project of Ann's, of which Bob is a viewer and Eve is not."""
    made = server.api("POST", "projects", {"title": request.node.name[:60]}).json
    server.api("PUT", f"projects/{made['id']}/members/bob", {"role": "viewer"})
    path = f"{made['folder']}/notes.md"
    (server.root / path).write_text("Begun. ")
    request.node.project = made["id"]
    return path


def let_bob_be(server, request, role):
    server.api("PUT", f"projects/{request.node.project}/members/bob", {"role": role})


@pytest.mark.parametrize("name", ["Bob", "Eve"])
def test_copies_and_timelines_of_upstream_are_for_who_may_edit(server, path, name):
    begun = json.dumps({"format": "text", "type": "file"}).encode()
    made = server.ask("PUT", f"api/collaboration/session/{path}", begun, name="Ann").json
    room = f"text:file:{made['fileId']}"
    asyncio.run(look_in(server, path))
    back = "action=restore&steps=1&forkRoom=none"
    timeline = f"api/collaboration/timeline/{path}?format=text&type=file"
    ways = [
        ("PUT", f"api/collaboration/fork/{room}", b"{}"),
        ("GET", f"api/collaboration/fork/{room}", None),
        ("GET", timeline, None),
        ("PUT", f"api/collaboration/undo_redo/{room}?{back}", b""),
    ]
    assert [server.ask(*way, name=name).status for way in ways] == [403] * 4
    copy = server.ask(*ways[0], name="Ann")
    assert copy.status == 201
    merging = f"api/collaboration/fork/{copy.json['fork_roomid']}?merge=true"
    assert server.ask("DELETE", merging, name=name).status == 403
    assert server.ask("DELETE", merging, name="Ann").status == 200


@pytest.mark.parametrize("name", ["nobody", "Eve"])
def test_who_may_not_come_in_leaves_no_trace(server, path, name):
    async def knock():
        async with Typist(server, path, name):
            pass

    with pytest.raises(HTTPClientError, match="403"):
        asyncio.run(knock())
    assert not is_open(server, path)
    asyncio.run(look_in(server, path))
    assert is_open(server, path)


def is_open(server, path):
    """Tell whether something was ever made for a document in the server's memory."""
    return f"Creating FileLoader for: {path}" in server.log


async def look_in(server, path):
    async with Typist(server, path, "Ann"):
        pass


def test_a_page_of_another_site_does_not_come_in(server, path):
    async def knock():
        # Who shows a token is let in from anywhere; a browser's cookie is what others abuse.
        cookie = await asyncio.to_thread(signed_in, server)
        async with Typist(server, path, "nobody", headers=cookie | {"Origin": "http://evil.test"}):
            pass

    with pytest.raises(HTTPClientError, match="403"):
        asyncio.run(knock())


def signed_in(server):
    """Sign Ann in as a browser does."""
    shown = server.ask("GET", "login", headers={"Authorization": "none"})
    xsrf = cookie_of(shown, "_xsrf")
    form = f"password={server.tokens['Ann']}&_xsrf={xsrf.partition('=')[2]}".encode()
    headers = {"Authorization": "none", "Cookie": xsrf}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    answer = server.ask("POST", "login", form, headers=headers)
    return {"Authorization": "", "Cookie": cookie_of(answer, "username-")}


def cookie_of(answer, name):
    found = answer.headers.get_all("Set-Cookie") or []
    return next(each.partition(";")[0] for each in found if each.startswith(name))


def test_a_viewer_sees_everything_and_changes_nothing(server, path):
    async def together():
        async with Typist(server, path, "Ann") as ann, Typist(server, path, "Bob") as bob:
            ann.types("Ann. ")
            await bob.sees("Begun. Ann. ")
            bob.types("Bob was here.")
            bob.types("And again.")
            await bob.until(lambda: bob.was_told(REFUSED))
            ann.types("Still Ann.")
            await ann.is_stored()
            assert len(bob.was_told(REFUSED)) == 1
            assert bob.was_told(WELCOME)[0]["role"] == "viewer"
            async with Typist(server, path, "Ann") as again:
                await again.sees("Begun. Ann. Still Ann.")

    asyncio.run(together())


@pytest.mark.parametrize("role", ["editor", None])
def test_who_becomes_something_else_has_to_come_in_again(server, path, role, request):
    async def change():
        async with Typist(server, path, "Bob") as bob:
            if role:
                let_bob_be(server, request, role)
            else:
                server.api("DELETE", f"projects/{request.node.project}/members/bob")
            await asyncio.wait_for(bob.has_gone.wait(), 5)
            assert bob.socket.close_code == 4403
        async with Typist(server, path, "Bob") as bob:
            bob.types("Now Bob writes.")
            await bob.is_stored()

    if role:
        asyncio.run(change())
    else:
        with pytest.raises(HTTPClientError, match="403"):
            asyncio.run(change())


def test_what_belongs_to_another_history_is_not_taken(server, path):
    async def late():
        epoch = "00000000-0000-0000-0000-000000000000"
        async with Typist(server, path, "Ann", epoch=epoch) as ann:
            await asyncio.wait_for(ann.has_gone.wait(), 5)
            assert (ann.socket.close_code, str(ann.text)) == (4410, "")

    asyncio.run(late())


def test_frames_of_a_viewer_change_nothing(server, path):
    async def storm():
        async with Typist(server, path, "Ann") as ann:
            bob = Guest(server, path, "Bob")
            for frame in [*changes("viewer", ann.doc.get_update(), FRAMES), *scraps("viewer", 50)]:
                await bob.sends(frame)
            ann.types("Ann writes on.")
            await ann.is_stored()
            await asyncio.sleep(1)
            assert str(ann.text) == "Begun. Ann writes on."
            await bob.goes()

    asyncio.run(storm())


def test_frames_that_are_no_messages_cost_one_connection_each(server, path, request):
    let_bob_be(server, request, "editor")

    async def storm():
        async with Typist(server, path, "Ann") as ann:
            bob = Guest(server, path, "Bob")
            for scrap in scraps("editor", 50):
                await bob.sends(scrap)
                await bob.is_thrown_out()
            for number, frame in enumerate(changes("editor", ann.doc.get_update(), 500)):
                if number % 10:  # the others are what Bob may well write
                    await bob.sends(frame)
            ann.types("Ann writes on.")
            await ann.is_stored()
            assert str(ann.text).count("Ann writes on.") == 1
            await bob.goes()

    asyncio.run(storm())


class Guest:
    """Somebody who comes again each time they are thrown out."""

    def __init__(self, server, path, name):
        self.invited = server, path, name
        self.typist = None

    async def sends(self, frame):
        """Send something, and wait a moment for what comes of it."""
        if self.typist is None or self.typist.has_gone.is_set():
            self.typist = await Typist(*self.invited).__aenter__()
        try:
            await self.typist.sends(frame)
            await asyncio.sleep(0)
        except WebSocketClosedError:
            self.typist.has_gone.set()

    async def is_thrown_out(self):
        """Wait until the server has ended the connection, as one ends for what it cannot read."""
        await asyncio.wait_for(self.typist.has_gone.wait(), 5)
        assert self.typist.socket.close_code == MALFORMED

    async def goes(self):
        """Leave."""
        await self.typist.__aexit__()


def test_what_a_peer_ran_is_trusted_by_nobody_else(server, path, request):
    let_bob_be(server, request, "editor")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    path = path.replace("notes.md", "book.ipynb")
    (server.root / path).write_text(nbformat.writes(notebook))

    async def together():
        bob = Typist(server, path, "Bob", NOTEBOOK)
        ann = Typist(server, path, "Ann", NOTEBOOK)
        seen = []
        async with bob, ann:
            theirs = YNotebook(bob.doc)
            theirs.observe(lambda *_: seen.append(is_trusted(theirs)))
            mine = YNotebook(ann.doc)
            mine.ycells[0]["metadata"]["trusted"] = True
            mine.append_cell(
                {
                    "cell_type": "code",
                    "id": "new",
                    "source": "2",
                    "outputs": [],
                    "execution_count": None,
                    "metadata": {"trusted": True},
                }
            )
            await bob.until(lambda: theirs.cell_number == 2)
            await ann.until(lambda: not is_trusted(mine))
        assert seen
        assert not any(seen)

    asyncio.run(together())
    assert '"trusted"' not in (server.root / path).read_text()


def is_trusted(notebook):
    return any(cell["metadata"].get("trusted") for cell in notebook.get()["cells"])
