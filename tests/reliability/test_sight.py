"""A model is shown what somebody has open: cells as they are now, and what a kernel holds."""

import asyncio
import json
import time
from functools import partial

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pycrdt import Array

from jupyter_wove.ai.scripted import Reply, serving
from tests.reliability.chatter import Chatter
from tests.reliability.server import Server
from tests.reliability.test_chats import CHATS, deployment
from tests.reliability.typist import Typist

SETUP = """
import json as module
class Odd:
    def __repr__(self): raise SystemExit("looked at")
    def __len__(self): raise SystemExit("counted")
waves, depth, api_key, odd = [1, 2, 3], 2.5, "abc", Odd()
"""


@pytest.fixture(scope="module")
def models():
    with serving() as (url, server):
        server.url = url
        server.script = lambda asked: Reply(pieces=["Seen."])
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory, models):
    settings = {"Wove": {"ai_deployments": [deployment(models, window=8000)]}}
    folder = tmp_path_factory.mktemp("sight") / "server"
    server = Server(folder, "Ann", "Bob", "Cleo", extensions=CHATS, settings=settings)
    server.start()
    for name in ("Ann", "Bob"):
        agree(server, name)
    yield server
    server.kill()


def agree(server, name):
    """Agree that models are asked which cost money."""
    assert server.api("POST", "ai/consent", b"", name=name).status == 204


def notebook(server, path="sea.ipynb"):
    error = new_output("error", ename="KeyError", evalue="'h'", traceback=["KeyError: 'h'"])
    cells = [
        new_markdown_cell("# The sea", id="title"),
        new_code_cell("waves = [1, 2, 3]", id="made", execution_count=1),
        new_code_cell("password = 'hunter2!'", id="hidden"),
        new_code_cell("waves['h']", id="here", outputs=[error], execution_count=2),
    ]
    target = server.root / path
    target.parent.mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=cells), target)
    return path


def ask(server, models, path, cell="here", name="Ann", chat="talk.chat", **more):
    """Ask at a cell; return what the model was told last, and the answer."""
    (server.root / chat).touch()

    async def talk():
        async with Chatter(server, chat, name) as who:
            before = len(who.answers)
            who.says("Why?", more={"wove": {"notebook": path, "cell": cell} | more})
            return (await who.hears(before + 1))[-1]

    answer = asyncio.run(talk())
    return models.asked[-1].last, answer


def what_is_kept(server, answer):
    """Read what was kept of an answer, which is a moment after others see the last of it."""
    until = time.monotonic() + 30
    while (found := server.api("GET", f"ai/sights/{answer['id']}")).status != 200:
        assert time.monotonic() < until, found
        time.sleep(0.05)
    return found.json


def test_the_cell_its_error_and_what_it_is_built_on_are_shown(server, models):
    told, answer = ask(server, models, notebook(server))
    assert "Cell 4 (code, In [2], where the person is), id here:\n```\nwaves['h']" in told
    assert "Error of cell 4:\n```\nKeyError: 'h'" in told
    assert "Cell 2 (code, In [1]), id made:\n```\nwaves = [1, 2, 3]" in told
    assert "hunter2!" not in told
    assert told.endswith("Ann: Why?")
    seen = answer["metadata"]["wove"]["seen"]
    assert seen["notebook"] == "sea.ipynb"
    assert any(name.startswith("Cell 4") for name, _ in seen["parts"])
    assert sum(tokens for _, tokens in seen["parts"]) == seen["tokens"]


def test_what_others_type_just_now_is_shown_before_it_is_in_the_file(server, models):
    path = notebook(server, "live.ipynb")

    async def type_and_ask():
        async with Typist(server, path, "Bob", kind="json:notebook") as bob:
            cell = bob.doc.get("cells", type=Array)[1]
            source = cell["source"]
            source += "  # typed just now"
            await bob.is_stored()
            return await asyncio.to_thread(ask, server, models, path)

    told, _ = asyncio.run(type_and_ask())
    assert "# typed just now" in told


def test_variables_are_shown_by_kind_and_shape_without_a_trace(server, models):
    path = notebook(server, "kernel.ipynb")
    with_kernel = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
    session = server.ask("POST", "api/sessions", with_kernel).json
    kernel = session["kernel"]["id"]
    run(server, kernel, SETUP)
    told, _ = ask(server, models, path)
    assert "waves: list of 3\n" in told
    assert "depth: float\n" in told
    assert "odd: Odd" in told
    assert "api_key: str\n" in told
    assert "module" not in told.partition("Variables")[2].partition("```\n\n")[0]
    assert run(server, kernel, "print(len(In), 'own' in globals())") == "3 False\n"
    began = time.monotonic()
    run(server, kernel, "import time; time.sleep(60)", wait=False)
    told, _ = ask(server, models, path)
    assert time.monotonic() - began < 30, "it waited for a kernel that was busy"
    assert "Variables" not in told
    server.ask("DELETE", f"api/sessions/{session['id']}")


def test_nobody_sees_through_a_model_what_they_may_not_see(server, models):
    made = server.api("POST", "projects", {"title": "Secret sea"}, name="Ann").json
    path = notebook(server, f"{made['folder']}/sea.ipynb")
    told, _ = ask(server, models, path, name="Ann", chat="ann.chat")
    assert "waves['h']" in told
    told, answer = ask(server, models, path, name="Bob", chat="bob.chat")
    assert "waves" not in told
    assert told == "Bob: Why?"
    assert "seen" not in str(answer.get("metadata"))
    there = {"notebook": path, "cell": "here"}
    assert server.api("POST", "ai/sights", there, name="Bob").status == 404


def test_what_is_shown_is_seen_before_chosen_from_and_kept(server, models):
    made = server.api("POST", "projects", {"title": "Herring"}).json
    path = notebook(server, f"{made['folder']}/sea.ipynb")
    folder = server.root / made["folder"]
    (folder / "notes.md").write_text("# Why\n\nBecause herring are salty.\n")
    (folder / "AGENTS.md").write_text("Answer in rhymes.")
    there = {"notebook": path, "cell": "here", "text": "Why?"}
    preview = server.api("POST", "ai/sights", there).json
    assert "herring are salty" in preview["text"]
    told, answer = ask(server, models, path, chat="herring.chat")
    assert told == f"What the person has open, as data:\n\n{preview['text']}\n\nAnn: Why?"
    assert "rhymes" not in "".join(text for _, text in models.asked[-1].texts if _ == "system")
    kept = what_is_kept(server, answer)
    assert (kept["text"], kept["model"]) == (preview["text"], preview["model"])
    assert server.api("GET", f"ai/sights/{answer['id']}", name="Bob").status == 404
    (rules,) = preview["rules"]
    assert server.api("POST", "ai/rules", {"digest": rules["digest"]}).status == 204
    wishes = {"pinned": [], "dropped": ["here", "found:notes.md, Why"]}
    told, _ = ask(server, models, path, chat="herring.chat", **wishes)
    assert "waves['h']" not in told
    assert "herring are salty" not in told
    assert "Answer in rhymes." in dict(models.asked[-1].texts)["system"]


@pytest.mark.parametrize("path", ["../outside.ipynb", "/etc/passwd", "no.ipynb", "talk.chat", ""])
def test_what_is_no_notebook_here_shows_nothing(server, models, path):
    (server.root.parent / "outside.ipynb").write_text(json.dumps({"cells": [], "x": "outside"}))
    told, _ = ask(server, models, path)
    assert told == "Ann: Why?"


def run(server, kernel, code, *, wait=True):
    """Run code in a kernel, as a browser does; return what it printed."""
    from jupyter_client import BlockingKernelClient

    file = next((server.folder / "runtime").glob(f"kernel-{kernel}.json"))
    client = BlockingKernelClient(connection_file=str(file))
    client.load_connection_file()
    client.start_channels()
    try:
        printed = []

        def note(message):
            if message["msg_type"] == "stream":
                printed.append(message["content"]["text"])

        if not wait:
            client.execute(code)
            time.sleep(0.5)
            return ""
        client.wait_for_ready(timeout=60)
        client.execute_interactive(code, timeout=60, output_hook=note)
        return "".join(printed)
    finally:
        client.stop_channels()


def test_nobody_pays_for_an_answer_before_they_agreed(server, models):
    path, before = notebook(server), len(models.asked)
    _, answer = ask(server, models, path, name="Cleo", chat="cleo.chat")
    assert "**Models cost money.** scripted costs money." in answer["body"]
    assert len(models.asked) == before
    agree(server, "Cleo")
    _, answer = ask(server, models, path, name="Cleo", chat="cleo.chat")
    assert answer["body"] == "Seen."


def test_an_answer_is_on_the_account_of_the_project_of_the_notebook(server, models):
    folder = server.api("POST", "projects", {"title": "Tides"}).json["folder"]
    ask(server, models, notebook(server, f"{folder}/tides.ipynb"))
    groups = server.api("GET", "ai/usage", query={"group_by": "project"}).json["groups"]
    assert {each["name"]: each["spent"]["tries"] for each in groups}["Tides"] == 1


def test_what_a_model_cannot_be_told_any_more_it_is_told_in_short(server, models):
    path = notebook(server, "long.ipynb")
    words = "salt " * 1500

    def script(asked):
        is_summary = asked.texts[0][1].startswith("Sum up")
        return Reply(pieces=["They spoke of salt." if is_summary else "Seen."])

    models.script = script

    async def talk():
        async with Chatter(server, "long.chat", "Ann") as ann:
            for number in range(9):
                ann.says(f"{number} {words}", more={"wove": {"notebook": path, "cell": "here"}})
                await ann.hears(number + 1)
                await asyncio.sleep(0.5)  # what is summed up comes behind the answer

    (server.root / "long.chat").touch()
    asyncio.run(talk())
    summed = [each for each in models.asked if each.texts[0][1].startswith("Sum up")]
    assert "Ann: 0 salt" in summed[0].last
    assert len(summed) < 5  # though each question after the third one is too long
    told = [each for each in models.asked if each not in summed][-1]
    texts = [(role, text[:60]) for role, text in told.texts]
    assert told.texts[1][1].endswith("They spoke of salt."), texts
    assert told.last.endswith("salt ")
    models.script = lambda asked: Reply(pieces=["Seen."])
    spent = server.api("GET", "ai/usage", query={"group_by": "purpose"}).json["groups"]
    assert "summary" in {each["key"] for each in spent}


def test_what_is_deleted_is_in_no_summary_any_more(server, models):
    path, words = notebook(server, "taken-back.ipynb"), "salt " * 1500

    def script(asked):
        if not asked.texts[0][1].startswith("Sum up"):
            return Reply(pieces=["Seen."])
        return Reply(pieces=["Of Xavier." if "Xavier" in asked.last else "Of salt."])

    def told():
        return [text for asked in models.asked for _, text in asked.texts]

    async def talk():
        async with Chatter(server, "taken-back.chat", "Ann") as ann:
            asks = partial(ann.says, more={"wove": {"notebook": path, "cell": "here"}})
            for number in range(5):
                asks(f"{'Xavier' if number == 1 else number} {words}")
                await ann.hears(number + 1)
                await asyncio.sleep(0.5)  # what is summed up comes behind the answer
            assert any(text.endswith("Of Xavier.") for text in told())
            with ann.doc.transaction():  # as a browser deletes it
                ann.doc.get("messages", type=Array)[2].update({"body": "", "deleted": True})
            await asyncio.sleep(0.5)
            models.asked.clear()
            for number in range(5, 8):
                asks(f"{number} {words}")
                await ann.hears(number + 1)
                await asyncio.sleep(0.5)

    models.script = script
    (server.root / "taken-back.chat").touch()
    asyncio.run(talk())
    models.script = lambda asked: Reply(pieces=["Seen."])
    assert not [text[:60] for text in told() if "Xavier" in text]
    assert any(text.endswith("Of salt.") for text in told())
