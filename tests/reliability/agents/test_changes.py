"""Agents suggest: what they change waits until somebody accepts it."""

import threading

from jupyter_wove.ai.scripted import Call, Reply
from tests.reliability.agents.asking import DONE, ask, call, source, sources, suggested, type_into

LOOKING = ["list_notebooks", "look_at_notebook", "read_cells", "see_variables"]


def test_a_change_waits_until_somebody_accepts_it(server, model):
    before = source(server)
    model.says(call("edit_cell", cell="here", source=before.replace("len", "sum")), DONE)
    (answer,) = ask(server)
    assert answer["body"] == "That is all."
    assert answer["metadata"]["wove"]["did"] == [f"Change cell 2 of {server.book}"]
    assert answer["metadata"]["wove"]["suggested"] == {server.book: ["here"]}
    assert source(server) == before
    ((suggestion, change),) = suggested(server)
    assert (suggestion["agent"], suggestion["is_mine"], change["cell"]) == ("Wove", True, "here")
    body = {"changes": {"here": change["revision"]}}
    made = server.api("POST", f"suggestions/{suggestion['id']}/accept", body, name="Bob")
    assert made.status == 200, made
    assert source(server) == before.replace("len", "sum")
    undo = f"suggestions/{suggestion['id']}/decisions/{made.json['decision']}/undo"
    assert server.api("POST", undo, name="Bob").status == 200
    assert source(server) == before


def test_the_newest_change_takes_the_place_of_the_one_before(server, model):
    for text in ("print(1)", "print(2)"):
        model.says(call("edit_cell", cell="made", source=text), DONE)
        ask(server)
    ((_, change),) = suggested(server)
    assert [line["text"] for line in change["difference"]["source"] if line["op"] == "+"] == [
        "print(2)"
    ]


def test_cells_come_go_and_move(server, model):
    calls = [
        Call("insert_cell", {"after": "made", "source": "mean(waves)"}, "call_1"),
        Call("insert_cell", {"after": "", "source": "# Sea", "type": "markdown"}, "call_2"),
        Call("delete_cell", {"cell": "here"}, "call_3"),
    ]
    model.says(Reply(calls=calls), DONE)
    ask(server)
    kinds = [change["difference"]["kind"] for _, change in suggested(server)]
    assert sorted(kinds) == ["added", "added", "removed"]


def test_what_somebody_typed_meanwhile_is_not_overwritten(server, model):
    def script(asked):
        if asked.texts[-1][0] != "tool":
            typing = threading.Thread(target=type_into, args=(server, "# typed by Bob"))
            typing.start()
            typing.join()
            return call("edit_cell", cell="here", source="print(0)")
        return DONE

    model.script = script
    ask(server)
    assert suggested(server) == []
    assert "Somebody changed the same lines" in model.asked[-1].last
    assert source(server).startswith("# typed by Bob")


def test_a_secret_that_the_model_never_saw_stays_in_the_cell(server, model):
    seen = "token = [hidden]\nprint(max(waves))"
    model.says(call("edit_cell", cell="here", source=seen), DONE)
    ask(server)
    assert all("abcdefgh1234" not in text for each in model.asked for _, text in each.texts)
    ((suggestion, change),) = suggested(server)
    body = {"changes": {"here": change["revision"]}}
    server.api("POST", f"suggestions/{suggestion['id']}/accept", body)
    assert source(server) == "token = 'abcdefgh1234'\nprint(max(waves))"


def test_a_plan_changes_nothing_whatever_the_model_tries(server, model):
    before = sources(server)
    calls = ("edit_cell", {"source": "1"}), ("run_cell", {}), ("shell", {"command": "id"})
    model.says(*(call(name, cell="here", **more) for name, more in calls), DONE)
    (answer,) = ask(server, mode="plan")
    assert model.asked[0].tools == [*LOOKING, "recall", "propose_plan"]
    assert answer["body"] == "That is all."
    assert (sources(server), suggested(server)) == (before, [])


def test_changes_are_taken_over_at_once_where_somebody_wants_that(server, model):
    model.says(call("edit_cell", cell="made", source="waves = []"), DONE)
    ask(server, mode="accept")
    assert (source(server, "made"), suggested(server)) == ("waves = []", [])


def test_a_model_that_never_ends_is_stopped(server, model):
    model.script = lambda asked: call("read_cells", cells=["here"])
    (answer,) = ask(server)
    assert "The agent stopped" in answer["body"]
    assert len(model.asked) <= 26
