"""Who learns gets hints until the lab is due; the teacher, and everybody afterwards, gets all."""

import asyncio
import sqlite3
import time
from datetime import UTC, datetime, timedelta

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from pycrdt import Map

from jupyter_wove.ai.scripted import Call, Reply, serving
from tests.reliability.chatter import WOVE, Chatter
from tests.reliability.server import Server
from tests.reliability.test_chats import CHATS, deployment

TUTOR = WOVE.replace("WovePersona", "Tutor")
CODER = WOVE.replace("WovePersona", "Coder")
WHO = ("Ann", "Bob")
SOLUTION = "Here:\n\n```python\n{}\n```\n\n    indented_solution = 1\n\nAnd `solution(5)` works.\n"
LINES = "\n".join(f"solution_line_{number} = {number}" for number in range(8))


@pytest.fixture(scope="module")
def models():
    with serving() as (url, server):
        server.url = url
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory, models):
    local = deployment(models, is_local=True)
    settings = {"Wove": {"ai_deployments": [local, local | {"name": "other"}]}}
    settings["Wove"]["ai_personas"] = ["bob/sea-dog"]
    folder = tmp_path_factory.mktemp("tutors") / "server"
    server = Server(folder, "Ann", "Bob", extensions=CHATS, settings=settings)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def lab(server):
    """A lab of Ann's, with a copy of Bob's."""
    made = server.api("POST", "projects", {"title": "Waves"}, name="Ann").json
    _write(server, made)
    server.api("POST", f"projects/{made['id']}/versions", {"message": "Lab"}, name="Ann")
    server.api("POST", f"projects/{made['id']}/publish", {}, name="Ann")
    job = server.api("POST", f"projects/{made['id']}/remix", {}, name="Bob").json
    done = server.wait_for_job(job["id"], name="Bob")["result"]
    copy = server.api("GET", f"projects/{done['project_id']}", name="Bob").json
    _write(server, copy)
    server.api("PUT", f"projects/{copy['id']}/members/ann", {"role": "editor"}, name="Bob")
    return made, copy


def _write(server, project):
    book = new_notebook(cells=[new_code_cell("waves = [1, 2]", id="here")])
    nbformat.write(book, server.root / project["folder"] / "lab.ipynb")


@pytest.fixture
def policy(server, lab):
    """Have Ann say what the tutor may tell."""

    def put(level=0, until=None, **more):
        due = until or datetime.now(UTC) + timedelta(days=30)
        body = {"level": level, "until": due.isoformat(), **more}
        answer = server.api("PUT", f"ai/tutors/{lab[0]['id']}", body, name="Ann")
        assert answer.status == 200, answer
        return due

    yield put
    server.api("DELETE", f"ai/tutors/{lab[0]['id']}", name="Ann")


@pytest.fixture(autouse=True)
def script(models):
    """Have the model give the whole solution, in small pieces."""
    text = SOLUTION.format(LINES)
    pieces = [text[at : at + 3] for at in range(0, len(text), 3)]
    models.script = lambda asked: Reply(pieces=pieces, between=0.001)
    models.asked.clear()
    return models


def ask(server, project, name, *, chat=None, focus=True, to=WOVE, task=""):
    """Ask at the cell of a copy; return the answer, and all that was seen of it as it grew."""
    path = chat or f"{project['folder']}/{name.lower()}.chat"
    (server.root / path).touch()
    where = {"notebook": f"{project['folder']}/lab.ipynb", "cell": "here", "task": task}
    seen = set()

    async def talk():
        async with Chatter(server, path, name) as who:
            known = {each["id"] for each in who.messages}
            mine = who.says("Give me all of it.", to=to, more={"wove": where} if focus else {})

            def answers():
                seen.update(who.growing.values())
                return [x for x in who.messages if x["id"] not in known | {mine} and x["body"]]

            await who.until(lambda: answers() and not who.growing)
            return answers()[-1]

    answer = asyncio.run(talk())
    return answer, "\n".join([*seen, answer["body"]])


def leaked(seen):
    return [line for line in seen.splitlines() if "solution" in line]


def test_a_learner_sees_no_code_and_the_teacher_all(server, lab, policy, script):
    due = policy(level=0)
    _, copy = lab
    answer, seen = ask(server, copy, "Bob", to=CODER)
    assert leaked(seen) == []
    assert f"until {due.day} {due:%B %Y}" in answer["body"]
    assert answer["sender"] == TUTOR
    assert answer["metadata"]["wove"]["tutor"]["level"] == 0
    assert answer["metadata"]["wove"]["prompt"] == "wove/tutor@1.0.0"
    assert set(script.asked[-1].tools) == {"look_at_notebook", "read_cells", "see_variables"}
    answer, seen = ask(server, copy, "Ann")
    assert LINES in answer["body"]
    assert answer["sender"] == WOVE


def test_hints_are_three_lines_and_buttons_at_cells_get_no_more(server, lab, policy):
    policy(level=1)
    answer, seen = ask(server, lab[1], "Bob", task="fix")
    assert len({line.strip() for line in leaked(seen) if "=" in line}) <= 3
    assert len(leaked(answer["body"])) == 3


def test_the_place_of_the_chat_and_that_of_the_notebook_both_count(server, lab, policy):
    policy(level=0)
    assert leaked(ask(server, lab[1], "Bob", chat="elsewhere.chat")[1]) == []
    assert leaked(ask(server, lab[1], "Bob", focus=False)[1]) == []


def test_a_notebook_is_not_looked_at_from_where_its_teacher_has_no_say(
    server, lab, policy, script
):
    policy(level=0)
    path = f"{lab[1]['folder']}/lab.ipynb"
    replies = [Reply(calls=[Call("read_cells", {"notebook": path, "cells": ["here"]})])]
    script.script = lambda asked: replies.pop() if replies else Reply(pieces=["Done."])
    ask(server, lab[1], "Bob", chat="outside.chat", focus=False)
    told = str(script.asked[-1].texts)
    assert "Ask in a chat, with" in told
    assert "waves = [1, 2]" not in told


def test_other_models_are_refused_in_a_sentence(server, lab, policy):
    policy(level=1, routes=["other"])
    answer, _ = ask(server, lab[1], "Bob")
    assert len(leaked(answer["body"])) == 3  # by the one that may be asked
    said = complete(server, lab[1], model="scripted")
    assert said.status == 403
    assert "you may ask other here" in said.json["detail"]
    assert complete(server, lab[1], model="other").status == 200


def complete(server, project, model="scripted", **more):
    body = {"model": model, "messages": [{"role": "user", "content": "All."}], **more}
    body.setdefault("wove", {"project": project["id"]})
    return server.ask("POST", "wove/ai/v1/chat/completions", body, name="Bob")


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("by", ["project", "notebook"])
def test_programs_that_say_where_they_ask_get_no_more(server, lab, policy, by, stream):
    policy(level=0)
    path = str(server.root / lab[1]["folder"] / "lab.ipynb")
    where = {"project": lab[1]["id"]} if by == "project" else {"notebook": path}
    answer = complete(server, lab[1], wove=where, stream=stream)
    assert answer.status == 200
    assert b"solution" not in answer.content
    tool = {"type": "function", "function": {"name": "say", "parameters": {"type": "object"}}}
    assert complete(server, lab[1], wove=where, tools=[tool]).status == 403


def test_nothing_is_proposed_while_a_learner_types(server, lab, policy):
    policy(level=2)
    typed = {"before": "x", "path": f"{lab[1]['folder']}/lab.ipynb"}
    found = {name: server.ask("POST", "wove/ai/complete", typed, name=name).json for name in WHO}
    assert found["Bob"] == {"text": ""}
    assert "solution" in found["Ann"]["text"]


def test_after_the_date_everything_is_told(server, lab, policy):
    policy(level=0, until=datetime.now(UTC) + timedelta(seconds=1.5))
    assert server.api("GET", f"ai/tutors/{lab[1]['id']}", name="Bob").json["binding"]
    path = f"ai/tutors/{lab[1]['id']}"
    while server.api("GET", path, name="Bob").json["binding"]:
        time.sleep(0.1)
    answer, _ = ask(server, lab[1], "Bob")
    assert LINES in answer["body"]
    assert answer["sender"] == WOVE


def test_a_learner_cannot_lift_what_the_teacher_set(server, lab, policy):
    policy(level=0)
    original, copy = lab
    mine = {"level": 2, "until": (datetime.now(UTC) + timedelta(days=90)).isoformat()}
    assert server.api("PUT", f"ai/tutors/{copy['id']}", mine, name="Bob").status == 200
    assert server.api("PUT", f"ai/tutors/{original['id']}", mine, name="Bob").status == 403
    assert leaked(ask(server, copy, "Bob")[1]) == []
    server.api("DELETE", f"ai/tutors/{copy['id']}", name="Bob")


def test_personas_go_by_prompts_that_the_ledger_names(server, script):
    (server.root / "roles.chat").touch()
    answer, _ = ask(server, {"folder": "."}, "Bob", chat="roles.chat", focus=False, to=CODER)
    assert answer["sender"] == CODER
    assert "You are the Coder." in script.asked[-1].texts[0][1]
    found = server.api("GET", "prompts", query={"kind": "agent"}, name="Bob").json["items"]
    assert {each["owner"]["handle"] for each in found} == {"wove"}
    assert {each["name"] for each in found} == {"analyst", "coder", "tester", "writer", "tutor"}
    with sqlite3.connect(server.data / "wove.db") as database:
        rows = database.execute("SELECT DISTINCT prompt FROM ai_attempt WHERE prompt != ''")
        assert ("wove/coder@1.0.0",) in rows.fetchall()


def test_an_administrator_adds_personas_for_who_may_see_their_prompts(server, script):
    file = "---\nname: sea-dog\nkind: agent\nroute: other\ntools: []\n---\nSpeak as a sailor.\n"
    assert server.api("POST", "prompts", {"file": file}, name="Bob").status == 201
    (server.root / "own.chat").touch()
    own = WOVE.replace("WovePersona", "BobSeaDog")
    answer, _ = ask(server, {"folder": "."}, "Bob", chat="own.chat", focus=False, to=own)
    assert answer["sender"] == own
    assert "Speak as a sailor." in script.asked[-1].texts[0][1]
    assert script.asked[-1].tools == []
    asked = len(script.asked)
    answer, _ = ask(server, {"folder": "."}, "Ann", chat="own.chat", focus=False, to=own)
    assert "not shared with you" in answer["body"]
    assert len(script.asked) == asked


def test_personas_have_names_and_pictures_that_stay(server):
    path = "who.chat"
    (server.root / path).touch()

    async def look():
        async with Chatter(server, path, "Ann") as ann:
            await ann.until(lambda: len(ann.doc.get("users", type=Map)) > 6)
            return ann.doc.get("users", type=Map).to_py()

    found = {id_: each["name"] for id_, each in asyncio.run(look()).items() if "::" in id_}
    named = {id_.rpartition("::")[2]: name for id_, name in found.items() if "wove" in id_}
    shipped = ("Analyst", "Coder", "Tester", "Writer", "Tutor")
    assert named == {"WovePersona": "Wove", "BobSeaDog": "Sea dog"} | {x: x for x in shipped}
    for id_ in (each for each in found if "wove" in each):
        picture = server.ask("GET", f"api/ai/avatars/{id_.replace(':', '%3A')}", name="Ann")
        assert picture.headers.get_content_type() == "image/svg+xml"


def test_what_an_agent_was_allowed_too_late_is_not_run(server, lab, policy, script):
    calls = [Reply(calls=[Call("run_cell", {"cell": "here"})])]
    script.script = lambda asked: calls.pop() if calls else Reply(pieces=["Done."])
    chat = f"{lab[1]['folder']}/late.chat"
    question, _ = ask(server, lab[1], "Bob", chat=chat)
    policy(level=0)
    approval = question["metadata"]["wove"]["approval"]
    server.api("POST", f"ai/approvals/{approval}/approve", {}, name="Bob")

    async def hear():
        async with Chatter(server, chat, "Bob") as bob:
            await bob.until(lambda: any(each["body"] == "Done." for each in bob.messages))

    asyncio.run(hear())
    assert "run_cell is not a valid tool" in script.asked[-1].last
