"""Agents of other programs: they look, suggest, and ask before anything runs."""

import asyncio
import json
from contextlib import asynccontextmanager

import nbformat
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client
from nbformat.v4 import new_code_cell, new_notebook

from tests.reliability.server import Server
from tests.reliability.test_chats import CHATS

BOOK = "sea.ipynb"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("mcp") / "server", "Ann", "Bob", extensions=CHATS)
    server.start()
    server.keys = {
        name: server.api("POST", "keys", {"name": "agent", "scopes": [scope]}, name=who).json
        for name, who, scope in [
            ("ann", "Ann", "agents:use"),
            ("bob", "Bob", "agents:use"),
            ("less", "Ann", "ai:use"),
        ]
    }
    yield server
    server.kill()


@pytest.fixture
def project(server, request):
    """A project of Ann's with a notebook; its path."""
    made = server.api("POST", "projects", {"title": request.node.name[:40]}).json
    path = f"{made['folder']}/{BOOK}"
    cells = [new_code_cell("x = 6", id="made"), new_code_cell("print(x * 7)", id="here")]
    nbformat.write(new_notebook(cells=cells), server.root / path)
    return path


@asynccontextmanager
async def connected(server, key="ann"):
    headers = {"Authorization": f"Bearer {server.keys[key]['secret']}"}
    url = f"http://127.0.0.1:{server.port}/wove/mcp"
    async with (
        create_mcp_http_client(headers=headers) as client,
        streamable_http_client(url, http_client=client) as streams,
        ClientSession(streams[0], streams[1]) as session,
    ):
        await session.initialize()
        yield session


async def said(session, name, **arguments):
    answer = await session.call_tool(name, arguments)
    return "".join(each.text for each in answer.content), bool(answer.is_error)


def test_a_program_looks_at_notebooks_and_suggests(server, project):
    async def work():
        async with connected(server) as session:
            names = {tool.name for tool in (await session.list_tools()).tools}
            assert {"list_notebooks", "read_cells", "edit_cell", "run_cell"} <= names
            listed, _ = await said(session, "list_notebooks")
            assert project in listed.splitlines()
            looked, _ = await said(session, "look_at_notebook", notebook=project)
            assert "id here:\n```\nprint(x * 7)" in looked
            edit = {"notebook": project, "cell": "here", "source": "print(x * 8)"}
            suggested, is_error = await said(session, "edit_cell", **edit)
            assert suggested.startswith("Suggested.")
            assert not is_error

    asyncio.run(work())
    book = nbformat.read(server.root / project, 4)
    assert book.cells[1].source == "print(x * 7)"
    (found,) = server.api("GET", f"suggestions?path={project}").json
    assert [each["cell"] for each in found["changes"]] == ["here"]


def test_a_cell_runs_once_the_person_allows_just_that(server, project):
    body = {"path": project, "name": project, "type": "notebook", "kernel": {"name": "python3"}}
    session_id = server.ask("POST", "api/sessions", body).json["id"]

    async def work():
        async with connected(server) as session:
            running = asyncio.create_task(said(session, "run_cell", notebook=project, cell="made"))
            question = await waiting(server)
            assert question["title"] == f"Run cell 1 of {project}, for another program"
            assert question["shown"] == "x = 6"
            path = f"ai/approvals/{question['id']}/approve"
            keyed = {"Authorization": f"Bearer {server.keys['ann']['secret']}"}
            refused = await asyncio.to_thread(server.api, "POST", path, {}, headers=keyed)
            assert refused.status == 403, "a key cannot answer itself"
            assert (await asyncio.to_thread(server.api, "POST", path, {})).status == 200
            assert await running == ("It ran, and put out nothing.", False)
            running = asyncio.create_task(said(session, "run_cell", notebook=project, cell="here"))
            question = await waiting(server)
            path = f"ai/approvals/{question['id']}/reject"
            await asyncio.to_thread(server.api, "POST", path, {"note": "Not now."})
            assert await running == ("Not now.", True)

    asyncio.run(work())
    server.ask("DELETE", f"api/sessions/{session_id}")


async def waiting(server):
    for _ in range(200):
        found = (await asyncio.to_thread(server.api, "GET", "ai/approvals")).json
        if found:
            return found[0]
        await asyncio.sleep(0.05)
    raise AssertionError("nobody is asked")


def test_nobody_reaches_what_the_person_may_not_see(server, project):
    async def work():
        async with connected(server, "bob") as session:
            listed, _ = await said(session, "list_notebooks")
            assert project not in listed.splitlines()
            for name, more in [
                ("look_at_notebook", {}),
                ("read_cells", {"cells": ["here"]}),
                ("edit_cell", {"cell": "here", "source": "y"}),
                ("run_cell", {"cell": "here"}),
            ]:
                told, is_error = await said(session, name, notebook=project, **more)
                assert is_error, name
                assert "print" not in told

    asyncio.run(work())
    assert server.api("GET", "ai/approvals").json == []


def post(server, body, key="ann", **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    usual = {"Authorization": f"Bearer {server.keys[key]['secret']}"} if key else {}
    return server.ask(
        "POST", "wove/mcp", content, headers=usual | headers, name="" if key else None
    )


def message(method, **params):
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def test_it_takes_a_key_that_is_for_it(server):
    begin = message("initialize", protocolVersion="2025-06-18", capabilities={})
    assert post(server, begin).status == 200
    assert post(server, begin, key="less").status == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b'{"jsonrpc": "1.0", "id": 1}',
        b"[" * 9000,
        b"\xff\xfe",
        b'{"id": {}}',
    ],
)
def test_odd_messages_are_refused(server, body):
    answer = post(server, body)
    assert answer.status == 400
    assert answer.is_problem


def test_a_session_is_one_s_own(server):
    begun = post(server, message("initialize"))
    own = {"Mcp-Session-Id": begun.headers["Mcp-Session-Id"]}
    assert post(server, message("ping"), **own).json["result"] == {}
    assert post(server, message("ping"), key="bob", **own).status == 404
    assert post(server, message("ping")).status == 404
    assert post(server, message("tools/fly"), **own).json["error"]["code"] == -32601
    assert post(server, message("tools/call", name=3), **own).json["error"]["code"] == -32602
    odd = message("tools/call", name="run_cell", arguments={"cell": 3, "notebook": {}})
    assert post(server, odd, **own).json["result"]["isError"]
