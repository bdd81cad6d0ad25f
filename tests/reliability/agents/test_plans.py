"""A plan: read and allowed as a whole, done side by side, asked about where it runs something."""

import asyncio
from contextlib import suppress

from jupyter_wove.ai.scripted import Reply
from tests.reliability.agents.asking import (
    BOOK,
    CHAT,
    ask,
    call,
    decide,
    heard,
    kernel,
    new_server,
    prepare,
    sources,
    suggested,
)
from tests.reliability.chatter import Chatter

STEPS = [
    {"id": "count", "goal": "Edit cell here.", "may": "edit"},
    {"id": "make", "goal": "Run cell made.", "may": "run"},
    {"id": "look", "goal": "Look at the notebook.", "agent": "Coder"},
    {"id": "end", "goal": "Run cell here.", "needs": ["count", "make"], "may": "run"},
]


def script(asked):
    """Lead, and do the steps, each by its goal."""
    goal = next(text for role, text in asked.texts if role == "user" and "Do " in text)
    is_after = asked.texts[-1][0] == "tool"
    if "one step of the plan" not in goal:
        if is_after:
            return Reply(pieces=[f"All is done. {asked.last}"])
        return call("propose_plan", title="Count the waves", steps=STEPS)
    if is_after:
        return Reply(pieces=[f"It said: {asked.last[:80]}"])
    if "Edit cell" in goal:
        return call("edit_cell", cell="here", source="print(sum(waves))")
    cell = "made" if "Run cell made" in goal else "here"
    return call("run_cell", cell=cell) if "Run cell" in goal else call("look_at_notebook")


def plan_of(message):
    plan = message["metadata"]["wove"]["plan"]
    return {step["id"]: step["state"] for step in plan["steps"]}


def test_a_plan_goes_on_over_questions_and_a_server_that_ended(tmp_path, served):
    server = new_server(tmp_path / "server", served)
    server.book, server.chat = BOOK, CHAT
    server.start()
    try:
        prepare(server, BOOK, CHAT)
        served.script = script
        (asked,) = ask(server, "Do all of it.", mode="plan")
        assert asked["body"] == "May I? **Count the waves**"
        shown = server.api("GET", f"ai/approvals/{asked['metadata']['wove']['approval']}").json
        assert "4. Run cell here.\n   (after 1, 2; may suggest" in shown["shown"]
        assert suggested(server) == []
        server.kill()
        server.start()
        kernel(server)
        assert decide(server, asked).status == 200
        runs = heard(server, 3)
        assert runs["body"] == f"May I? **Run cell 1 of {BOOK}**"
        states = plan_of(heard_before(server, runs))
        assert states == {"count": "done", "make": "asking", "look": "done", "end": "waiting"}
        assert [change["cell"] for _, change in suggested(server)] == ["here"]
        assert decide(server, runs).status == 200
        last = heard(server, 5)
        assert last["body"] == f"May I? **Run cell 2 of {BOOK}**"
        assert decide(server, last).status == 200
        end = heard(server, 6)
        assert "end: done\nIt said: 6" in end["body"]
        assert "count: done" in end["body"]
        assert set(plan_of(end).values()) == {"done"}
        assert sources(server)["here"][1][0]["text"] == "6\n"
        edits = [each for each in served.asked if each.last.startswith("Suggested.")]
        assert len(edits) == 1
    finally:
        with suppress(ProcessLookupError):
            server.kill()


def heard_before(server, message):
    """Find the answer in front of a message."""

    async def listen():
        async with Chatter(server, server.chat, "Ann") as who:
            await who.hears(3)
            ids = [each["id"] for each in who.answers]
            return who.answers[ids.index(message["id"]) - 1]

    return asyncio.run(listen())


def test_who_was_asked_can_stop_all_that_waits(server, model):
    session = kernel(server)
    model.script = script
    (asked,) = ask(server, "Do all of it.")
    decide(server, asked)
    runs = heard(server, 3)
    assert decide(server, runs, "stop", name="Bob").status == 403
    stopped = decide(server, runs, "stop")
    assert stopped.json["state"] == "withdrawn", stopped
    assert decide(server, runs).status == 409
    assert decide(server, runs, "stop").status == 409
    assert sources(server)["made"][1] == []
    server.ask("DELETE", f"api/sessions/{session['id']}")
