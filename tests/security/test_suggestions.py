"""Who may suggest changes, who may decide on them, and who writes in a suggestion."""

import asyncio
import secrets
from urllib.parse import quote

import pytest
from tornado.httpclient import HTTPClientError

from tests.reliability.server import Server
from tests.reliability.typist import REFUSED, WELCOME, Typist

SUGGESTIONS = "suggestions"
ROLES = {"Vic": "viewer", "Cora": "commenter", "Ed": "editor"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server on which Ann works with a viewer, a commenter and an editor, and Eve alone."""
    folder = tmp_path_factory.mktemp("suggestions") / "server"
    extensions = ("jupyter_server_ydoc", "jupyter_server_fileid")
    server = Server(folder, "Ann", *ROLES, "Eve", extensions=extensions)
    server.start()
    for name in (*ROLES, "Eve"):
        server.api("GET", "me", name=name)
    yield server
    server.kill()


@pytest.fixture(scope="module")
def project(server):
    """A project of Ann's."""
    made = server.api("POST", "projects", {"title": "Waves"}).json
    for name, role in ROLES.items():
        let_be(server, made, name, role)
    return made


def let_be(server, project, name, role):
    server.api("PUT", f"projects/{project['id']}/members/{name.lower()}", {"role": role})


@pytest.fixture
def path(server, project):
    """A text in the project."""
    path = f"{project['folder']}/{secrets.token_hex(4)}.md"
    (server.root / path).write_text("Begun.\n")
    return path


class Suggesting(Typist):
    """Somebody in the room of a suggestion."""

    def __init__(self, server, suggestion, name):
        super().__init__(server, suggestion["path"], name)
        self.room = suggestion["room"]

    async def _address(self):
        return f"api/collaboration/room/{self.room}?wove=1"


def begin(server, path, name):
    return server.api("POST", SUGGESTIONS, {"path": path}, name=name)


def listed(server, path, name):
    return server.api("GET", f"{SUGGESTIONS}?path={quote(path)}", name=name)


@pytest.fixture
def suggestion(server, path):
    """A suggestion of Cora's for Ann's text."""

    async def suggest(begun):
        async with Suggesting(server, begun, "Cora") as cora:
            await cora.sees("Begun.\n")
            cora.types("Cora's line.\n")
            await cora.is_stored()

    begun = begin(server, path, "Cora").json
    asyncio.run(suggest(begun))
    return listed(server, path, "Cora").json[0]


def decide(server, suggestion, verdict, name):
    """Accept or reject all of a suggestion."""
    changes = {each["cell"]: each["revision"] for each in suggestion["changes"]}
    address = f"{SUGGESTIONS}/{suggestion['id']}/{verdict}"
    return server.api("POST", address, {"changes": changes}, name=name)


def test_a_commenter_suggests_and_all_members_see_it(server, path, suggestion):
    assert [each["cell"] for each in suggestion["changes"]] == ["text"]
    for name, may in {"Ann": True, "Ed": True, "Vic": False, "Cora": False}.items():
        (seen,) = listed(server, path, name).json
        assert (seen["author"]["name"], seen["may_accept"]) == ("Cora", may)
    assert (server.root / path).read_text() == "Begun.\n"


def test_a_viewer_does_not_suggest_and_a_stranger_sees_nothing(server, path, suggestion):
    assert begin(server, path, "Vic").status == 403
    assert begin(server, path, "Eve").status == 404
    assert listed(server, path, "Eve").status == 404


@pytest.mark.parametrize(("name", "status"), [("Vic", 403), ("Cora", 403), ("Eve", 404)])
def test_who_may_not_edit_accepts_nothing(server, path, suggestion, name, status):
    assert decide(server, suggestion, "accept", name).status == status
    asyncio.run(looks(server, path, "Begun.\n"))


@pytest.mark.parametrize(
    ("name", "status"), [("Vic", 403), ("Eve", 404), ("Cora", 200), ("Ed", 200)]
)
def test_an_editor_or_its_author_rejects(server, suggestion, name, status):
    assert decide(server, suggestion, "reject", name).status == status


def test_an_editor_accepts_undoes_it_and_accepts_again(server, path, suggestion):
    accepted = decide(server, suggestion, "accept", "Ed").json
    assert accepted["suggestion"]["changes"] == []
    asyncio.run(looks(server, path, "Begun.\nCora's line.\n"))
    undo = f"{SUGGESTIONS}/{suggestion['id']}/decisions/{accepted['decision']}/undo"
    assert server.api("POST", undo, name="Cora").status == 403
    waiting = server.api("POST", undo, name="Ed").json
    assert server.api("POST", undo, name="Ed").status == 404
    asyncio.run(looks(server, path, "Begun.\n"))
    assert decide(server, waiting, "accept", "Ed").status == 200
    asyncio.run(looks(server, path, "Begun.\nCora's line.\n"))


def test_a_decision_on_what_has_changed_since_is_refused(server, suggestion):
    suggestion["changes"][0]["revision"] = "seen before"
    assert decide(server, suggestion, "accept", "Ed").status == 412


def test_lines_that_somebody_else_changed_are_a_conflict_until_one_side_is_chosen(
    server, path, suggestion
):
    async def goes_on():
        async with Typist(server, path, "Ann") as ann:
            await ann.sees("Begun.\n")
            ann.types("Ann's line.\n")
            await ann.is_stored()

    asyncio.run(goes_on())
    refused = decide(server, suggestion, "accept", "Ed")
    assert refused.status == 409
    assert "same lines" in refused.json["detail"]
    changes = {each["cell"]: each["revision"] for each in suggestion["changes"]}
    chosen = {"changes": changes, "anyway": True}
    taken = server.api("POST", f"{SUGGESTIONS}/{suggestion['id']}/accept", chosen, name="Ed")
    assert taken.status == 200
    asyncio.run(looks(server, path, "Begun.\nCora's line.\n"))


async def looks(server, path, words):
    async with Typist(server, path, "Ann") as ann:
        await ann.sees(words)


@pytest.mark.parametrize("name", ["Ann", "Ed", "Vic"])
def test_nobody_but_its_author_writes_in_a_suggestion(server, path, suggestion, name):
    async def write():
        async with Suggesting(server, suggestion, name) as other:
            await other.sees("Begun.\nCora's line.\n")
            other.types("Forged.\n")
            await other.until(lambda: other.was_told(REFUSED))
            assert other.was_told(WELCOME)[0]["role"] == "viewer"

    asyncio.run(write())
    assert listed(server, path, "Ann").json[0]["changes"] == suggestion["changes"]


def test_a_stranger_does_not_come_into_a_suggestion(server, suggestion):
    with pytest.raises(HTTPClientError, match="403"):
        asyncio.run(enters(server, suggestion, "Eve"))


@pytest.mark.parametrize("key", ["", ":x", ":01a20783-00f1-72ef-846e-7fb049c6ac1b"])
def test_there_is_no_room_of_a_suggestion_that_nobody_began(server, suggestion, key):
    room = suggestion["room"].rsplit(":", 1)[0] + key
    with pytest.raises(HTTPClientError, match="404"):
        asyncio.run(enters(server, suggestion | {"room": room}, "Ann"))


async def enters(server, suggestion, name):
    async with Suggesting(server, suggestion, name):
        pass


def test_an_author_who_is_a_viewer_now_writes_no_more(server, project, suggestion):
    async def demote():
        async with Suggesting(server, suggestion, "Cora") as cora:
            await asyncio.to_thread(let_be, server, project, "Cora", "viewer")
            await asyncio.wait_for(cora.has_gone.wait(), 5)

    asyncio.run(demote())
    went_on = server.api("POST", f"{SUGGESTIONS}/{suggestion['id']}/sync", name="Cora")
    let_be(server, project, "Cora", "commenter")
    assert went_on.status == 403
    assert decide(server, suggestion, "accept", "Ed").status == 200


def test_what_was_withdrawn_is_gone_for_all(server, path, suggestion):
    address = f"{SUGGESTIONS}/{suggestion['id']}"
    assert server.api("DELETE", address, name="Vic").status == 403
    assert server.api("DELETE", address, name="Cora").status == 204
    assert listed(server, path, "Ann").json == []
    assert decide(server, suggestion, "accept", "Ed").status == 409


def test_a_suggestion_goes_on_where_its_author_left_it(server, path, suggestion):
    again = begin(server, path, "Cora").json
    assert (again["id"], again["changes"]) == (suggestion["id"], suggestion["changes"])
