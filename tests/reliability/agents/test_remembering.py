"""What somebody allows an agent to remember is told to agents in later chats, with its source."""

import time

import pytest

from tests.reliability.agents.asking import DONE, ask, call, decide, heard, prepare


@pytest.fixture
def project(server):
    """A project of Ann's with the notebook and the chat of the test."""
    made = server.api("POST", "projects", {"title": f"Tides {time.time()}"}).json
    server.book, server.chat = f"{made['folder']}/sea.ipynb", f"{made['folder']}/talk.chat"
    prepare(server, server.book, server.chat)
    return made


def known(server, name="Ann", **query):
    return server.api("GET", "ai/memories", query=query, name=name).json


def test_a_fact_is_remembered_once_it_is_allowed_and_told_from_then_on(server, model, project):
    model.says(call("remember", text="Depths are in feet."), DONE)
    (asked,) = ask(server, "Depths are in feet. Remember that.")
    assert asked["body"] == "May I? **Remember of the project**"
    assert known(server, project_id=project["id"]) == []
    decide(server, asked)
    heard(server, 2)
    (fact,) = known(server, project_id=project["id"])
    source = {"agent": "Wove", "chat": server.chat, "notebook": server.book}
    assert (fact["text"], fact["by"]["handle"], fact["source"]) == (
        "Depths are in feet.",
        "ann",
        source,
    )
    model.says(call("recall"), DONE)
    ask(server, "What do you know?")
    assert "from Ann:\n```\nDepths are in feet.\n```" in model.asked[-2].last
    assert model.asked[-1].last.startswith("- Depths are in feet. (since ")
    server.api("DELETE", f"ai/memories/{fact['id']}")
    model.says(DONE)
    ask(server, "And now?")
    assert "feet" not in model.asked[-1].last


def test_what_is_refused_is_not_remembered(server, model, project):
    model.says(call("remember", text="Ann likes red.", of="person"), DONE)
    (asked,) = ask(server)
    assert asked["body"] == "May I? **Remember of you**"
    decide(server, asked, "reject")
    heard(server, 2)
    assert known(server) == []


def test_outside_of_a_project_only_what_is_about_the_person_is_remembered(server, model):
    model.says(call("remember", text="In feet."), call("remember", text="In feet.", of="person"))
    (asked,) = ask(server)
    assert "This belongs to no project" in model.asked[-1].last
    decide(server, asked)
    heard(server, 2)
    (fact,) = known(server)
    assert (fact["text"], fact["project_id"]) == ("In feet.", None)
    assert known(server, name="Bob") == []


def test_who_only_plans_is_not_given_the_tool(server, model, project):
    model.says(DONE)
    ask(server, mode="plan")
    assert "remember" not in model.asked[-1].tools
    assert "recall" in model.asked[-1].tools
