"""What becomes of what an agent suggests is recorded by the server, from what happens in it."""

import asyncio
import time

from tests.reliability.agents.asking import (
    DONE,
    call,
    decide,
    heard,
    kernel,
    source,
    suggested,
)
from tests.reliability.chatter import Chatter

PROMPT = "---\nname: {name}\n---\nMend the cell.\n"


def with_prompt(server, name, who="Ann"):
    return server.api("POST", "prompts", {"file": PROMPT.format(name=name)}, name=who).json["id"]


def ask_with(server, **more):
    """Ask in the chat with a prompt, or by a button; wait for the answer."""

    async def talk():
        async with Chatter(server, server.chat, "Ann") as who:
            before = len(who.answers)
            focus = {"notebook": server.book, "cell": "here", "mode": "ask"}
            who.says("Do it.", more={"wove": focus | more})
            return (await who.hears(before + 1))[before:]

    return asyncio.run(talk())


def outcome(server, path, holds):
    """Wait until the outcome is as wanted."""
    for _ in range(100):
        found = server.api("GET", f"{path}/outcomes").json["versions"]
        if found and holds(found[0]["mine"]):
            return found[0]["mine"]
        time.sleep(0.1)
    raise AssertionError(found)


def decided(server, verdict):
    ((suggestion, change),) = suggested(server)
    body = {"changes": {change["cell"]: change["revision"]}}
    made = server.api("POST", f"suggestions/{suggestion['id']}/{verdict}", body)
    assert made.status == 200, made


def test_an_accepted_suggestion_counts_for_its_prompt_with_its_cost(server, model):
    path = f"prompts/{with_prompt(server, 'accepted')}"
    model.says(call("edit_cell", cell="here", source="print(1)"), DONE)
    ask_with(server, prompt={"id": path.partition("/")[2], "version": "latest"})
    decided(server, "accept")
    assert source(server) == "print(1)"
    found = outcome(server, path, lambda mine: mine["accepted"])
    assert (found["answers"], found["accepted"]["count"], found["untouched"]["count"]) == (1, 1, 1)
    assert found["tokens"] == found["tokens_per_accepted"] > 0
    assert found["dollars_per_accepted"] == found["dollars"]
    assert found["ran"] is None


def test_a_cell_that_fails_after_the_change_is_an_error_of_the_prompt(server, model):
    session = kernel(server)
    path = f"prompts/{with_prompt(server, 'failing')}"
    model.says(call("edit_cell", cell="made", source="1 / 0"), call("run_cell", cell="made"), DONE)
    (asked,) = ask_with(server, prompt={"id": path.partition("/")[2]})
    assert decide(server, asked).status == 200
    heard(server, 2)
    found = outcome(server, path, lambda mine: mine["ran"])
    assert (found["ran"]["count"], found["ran"]["of"], found["accepted"]["count"]) == (0, 1, 1)
    server.ask("DELETE", f"api/sessions/{session['id']}")


def test_a_button_is_recorded_like_a_prompt(server, model):
    model.says(call("edit_cell", cell="here", source="print(2)"), DONE)
    ask_with(server, task="fix")
    decided(server, "reject")
    found = outcome(server, "ai/tasks/fix", lambda mine: mine["accepted"])
    assert (found["accepted"]["count"], found["accepted"]["of"]) == (0, 1)


def test_nothing_is_recorded_of_who_does_not_want_that(server, model):
    path = f"prompts/{with_prompt(server, 'refused')}"
    said = server.api("PUT", "ai/outcomes", {"is_recorded": False})
    assert said.json == {"is_recorded": False, "answers": said.json["answers"]}, said
    model.says(call("edit_cell", cell="here", source="print(3)"), DONE)
    ask_with(server, prompt={"id": path.partition("/")[2]})
    decided(server, "accept")
    assert server.api("GET", f"{path}/outcomes").json["versions"] == []
    server.api("PUT", "ai/outcomes", {"is_recorded": True})
