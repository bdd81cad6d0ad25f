"""Agents ask before they run anything, whatever happens to the server meanwhile."""

import asyncio
import time

from pycrdt import Array, Map

from tests.reliability.agents.asking import (
    BOOK,
    CHAT,
    DONE,
    approval_of,
    ask,
    call,
    decide,
    heard,
    kernel,
    new_server,
    prepare,
    source,
    sources,
    suggested,
    type_into,
)
from tests.reliability.chatter import Chatter
from tests.reliability.typist import Typist


def test_a_cell_runs_once_somebody_allows_it(server, model):
    session = kernel(server)
    model.says(call("run_cell", cell="made"), call("run_cell", cell="here"), DONE)
    (first,) = ask(server)
    assert first["body"] == f"May I? **Run cell 1 of {server.book}**"
    shown = server.api("GET", f"ai/approvals/{approval_of(first)}").json
    assert (shown["shown"], shown["risk"], shown["may_decide"]) == (
        "waves = [1, 2, 3]",
        "run",
        True,
    )
    assert decide(server, first).json["state"] == "approved"
    second = heard(server, 2)
    assert decide(server, second).status == 200
    assert heard(server, 3)["body"] == "That is all."
    assert "3" in model.asked[-1].last
    outputs = sources(server)["here"][1]
    assert outputs[0]["text"] == "3\n"
    assert decide(server, second).status == 409
    server.ask("DELETE", f"api/sessions/{session['id']}")


def test_to_run_a_suggested_cell_is_to_accept_it(server, model):
    session = kernel(server)
    model.says(
        call("edit_cell", cell="made", source="waves = [5]\nprint(waves)"),
        call("run_cell", cell="made"),
        DONE,
    )
    (asked,) = ask(server)
    shown = server.api("GET", f"ai/approvals/{approval_of(asked)}").json["shown"]
    assert shown == "waves = [5]\nprint(waves)"
    assert source(server, "made") == "waves = [1, 2, 3]"
    decide(server, asked)
    heard(server, 2)
    assert source(server, "made") == shown
    assert suggested(server) == []
    server.ask("DELETE", f"api/sessions/{session['id']}")


def test_what_is_refused_does_not_run_and_the_model_hears_why(server, model):
    session = kernel(server)
    model.says(call("run_cell", cell="here"), DONE)
    (asked,) = ask(server)
    assert decide(server, asked, "reject", note="Not on my disk.").json["state"] == "rejected"
    heard(server, 2)
    assert model.asked[-1].last == "Not on my disk."
    assert sources(server)["here"][1] == []
    server.ask("DELETE", f"api/sessions/{session['id']}")


def test_leave_for_one_code_is_none_for_another(server, model):
    session = kernel(server)
    model.says(call("run_cell", cell="here"), DONE)
    (asked,) = ask(server)
    type_into(server, "print('something else')")
    decide(server, asked)
    heard(server, 2)
    assert "has changed meanwhile" in model.asked[-1].last
    assert sources(server)["here"][1] == []
    server.ask("DELETE", f"api/sessions/{session['id']}")


def test_only_who_asked_can_allow_it_and_no_key(server, model):
    model.says(call("run_cell", cell="here"), DONE)
    (asked,) = ask(server)
    assert decide(server, asked, name="Bob").status == 403
    made = server.api("POST", "keys", {"name": "mine", "scopes": ["ai:use"], "days": 1})
    key = {"Authorization": f"Bearer {made.json['secret']}"}
    path = f"/wove/api/ai/approvals/{approval_of(asked)}/approve"
    refused = server.ask("POST", path, {}, headers=key)
    assert refused.status == 403, refused
    assert "A key cannot" in refused.json["detail"]
    assert [each["id"] for each in server.api("GET", "ai/approvals").json] == [approval_of(asked)]
    assert server.api("GET", "ai/approvals", name="Bob").json == []
    decide(server, asked, "reject")
    heard(server, 2)


def test_who_may_not_run_has_nothing_run_for_them(shared, model):
    made = shared.api("POST", "projects", {"title": "Sea"}, name="Ann").json
    shared.api("GET", "people/me", name="Bob")
    member = f"projects/{made['id']}/members/bob"
    added = shared.api("PUT", member, {"role": "commenter"}, name="Ann")
    assert added.status < 300, added
    shared.book, shared.chat = f"{made['folder']}/{BOOK}", "bobs.chat"
    prepare(shared, shared.book, shared.chat)
    session = kernel(shared)
    model.says(
        call("edit_cell", cell="made", source="waves = []"), call("run_cell", cell="here"), DONE
    )
    (asked,) = ask(shared, name="Bob")
    decide(shared, asked, name="Bob")
    heard(shared, 2, name="Bob")
    assert "may not run cells" in model.asked[-1].last
    assert len(suggested(shared, "Ann")) == 1
    shared.ask("DELETE", f"api/sessions/{session['id']}")


def test_what_waits_outlives_the_server(tmp_path, model, served):
    server = new_server(tmp_path / "server", served)
    server.book, server.chat = BOOK, CHAT
    prepare(server, BOOK, CHAT)
    server.start()
    try:
        kernel(server)
        model.says(call("run_cell", cell="made"), DONE)
        (asked,) = ask(server)
        server.kill()
        server.start()
        kernel(server)
        assert decide(server, asked).status == 200
        assert heard(server, 2)["body"] == "That is all."
        assert model.asked[-1].texts[-1] == ("tool", "It ran, and put out nothing.")
    finally:
        server.kill()


def test_no_cell_runs_any_more_after_the_server_was_killed(tmp_path, model, served):
    server = new_server(tmp_path / "server", served)
    server.book, server.chat = BOOK, CHAT
    prepare(server, BOOK, CHAT)
    server.start()
    try:
        kernel(server)
        type_into(server, "import time\nprint('begun', flush=True)\ntime.sleep(60)")
        model.says(call("run_cell", cell="here"), DONE)
        (asked,) = ask(server)
        decide(server, asked)
        assert asyncio.run(state_of(server, lambda cell: len(cell["outputs"]) > 0)) == "running"
        server.kill()
        server.start()
        assert asyncio.run(state_of(server, lambda cell: True)) == "idle"
    finally:
        server.kill()


async def state_of(server, is_ready):
    async with Typist(server, server.book, "Bob", kind="json:notebook") as bob:
        cells = bob.doc.get("cells", type=Array)
        await bob.until(lambda: len(cells) > 1 and is_ready(cells[1]), cells.to_py)
        await bob.is_stored()
        return cells[1]["execution_state"]


def test_work_that_is_stopped_interrupts_the_kernel(server, model):
    session = kernel(server)
    type_into(server, "import time\nprint('begun', flush=True)\ntime.sleep(60)")
    model.says(call("run_cell", cell="here"), DONE)
    (asked,) = ask(server)
    began = time.monotonic()

    async def stop():
        async with Chatter(server, server.chat, "Ann") as ann:
            decided = await asyncio.to_thread(decide, server, asked)
            assert decided.status == 200
            async with Typist(server, server.book, "Bob", kind="json:notebook") as bob:
                cells = bob.doc.get("cells", type=Array)
                await bob.until(lambda: len(cells[1]["outputs"]) > 0, cells.to_py)
            chat = ann.doc.get("metadata", type=Map)["id"]
            stop = f"api/ai/personas/cancel?chat_id={chat}"
            return await asyncio.to_thread(server.ask, "POST", stop, {})

    stopped = asyncio.run(stop())
    assert stopped.status < 300, stopped
    assert "Stopped" in heard(server, 2)["body"]
    assert time.monotonic() - began < 30
    assert "KeyboardInterrupt" in str(sources(server)["here"][1])
    server.ask("DELETE", f"api/sessions/{session['id']}")


def test_what_was_accepted_to_be_run_can_be_changed_again(server, model):
    session = kernel(server)
    model.says(
        call("edit_cell", cell="made", source="print(wave)"),
        call("run_cell", cell="made"),
        call("edit_cell", cell="made", source="print('calm')"),
        call("run_cell", cell="made"),
        DONE,
    )
    (first,) = ask(server)
    decide(server, first)
    second = heard(server, 2)
    shown = server.api("GET", f"ai/approvals/{approval_of(second)}").json["shown"]
    assert shown == "print('calm')"
    decide(server, second)
    heard(server, 3)
    assert source(server, "made") == "print('calm')"
    assert model.asked[-1].last == "calm"
    server.ask("DELETE", f"api/sessions/{session['id']}")


def test_a_cell_that_fails_says_so_to_the_model(server, model):
    session = kernel(server)
    type_into(server, "raise ValueError('deep')")
    model.says(call("run_cell", cell="here"), DONE)
    (asked,) = ask(server)
    decide(server, asked)
    heard(server, 2)
    told = model.asked[-1].last
    assert told.startswith("It failed:\n")
    assert "ValueError" in told
    server.ask("DELETE", f"api/sessions/{session['id']}")
