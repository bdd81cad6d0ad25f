"""Runs that wait for somebody: who goes on with them, and with what."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from jupyter_wove.ai import Approvals, Outcome, Risk, Runs, Whose
from jupyter_wove.ai.agents.models import Asked, Leave
from jupyter_wove.ai.agents.tables import RunRow
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.projects import Projects

CHAT = "text:chat:1"
RUN = Asked("i1", "run_cell", {"cell": "a"}, "Run cell 1", "print(1)", Risk.RUN)
OTHER = Asked("i2", "run_cell", {"cell": "b"}, "Run cell 2", "print(2)", Risk.RUN)


@pytest.fixture
def actor(wove):
    return wove.directory.local()


@pytest.fixture
def runs(wove):
    return Runs(wove.units)


@pytest.fixture
def heard():
    return []


@pytest.fixture
def approvals(wove, heard):
    return Approvals(wove.units, Projects(wove.units, wove.workspaces), heard.append)


def wait(runs, actor, *asked):
    run_id = new_id()
    whose = Whose(actor.id, CHAT, "sea.ipynb", {"model": "smart"})
    return run_id, runs.wait(run_id, whose, Outcome(list(asked), b"state"))


def test_a_run_goes_on_with_what_was_answered_and_once(runs, approvals, actor, heard):
    run_id, (first, second) = wait(runs, actor, RUN, OTHER)
    assert runs.take(run_id) is None
    assert approvals.approve(actor, first.approval_id, Leave()).state == "approved"
    approvals.reject(actor, second.approval_id, Leave("No."))
    assert heard == [CHAT, CHAT]
    assert runs.to_go_on(CHAT) == [run_id]
    going = runs.take(run_id)
    assert (going.person_id, going.state, going.about) == (actor.id, b"state", {"model": "smart"})
    assert going.answers == {
        "i1": {"type": "approve", "shown": "print(1)"},
        "i2": {"type": "reject", "message": "No."},
    }
    assert runs.take(run_id) is None
    assert runs.to_go_on(CHAT) == []
    with pytest.raises(Conflict):
        approvals.reject(actor, first.approval_id, Leave())


def test_one_of_many_servers_goes_on(runs, approvals, actor):
    run_id, (only,) = wait(runs, actor, RUN)
    approvals.approve(actor, only.approval_id, Leave())
    with ThreadPoolExecutor(8) as servers:
        taken = list(servers.map(lambda _: runs.take(run_id), range(8)))
    assert sum(each is not None for each in taken) == 1


def test_what_was_asked_before_is_not_asked_again(runs, approvals, actor):
    run_id, (first, _) = wait(runs, actor, RUN, OTHER)
    approvals.approve(actor, first.approval_id, Leave())
    runs.take(run_id)
    assert runs.leave(run_id, Outcome([OTHER], b"more")) == []
    new = Asked("i3", "run_cell", {"cell": "c"}, "Run cell 3", "3", Risk.RUN)
    assert [each.title for each in runs.leave(run_id, Outcome([OTHER, new], b"more"))] == [
        "Run cell 3"
    ]
    assert runs.leave(run_id, Outcome([], b"")) == []


def test_nobody_is_asked_for_a_run_that_was_stopped(runs, approvals, actor):
    run_id, (first, second) = wait(runs, actor, RUN, OTHER)
    approvals.approve(actor, first.approval_id, Leave())
    runs.take(run_id)
    runs.close(run_id)
    assert approvals.waiting(actor) == []
    assert approvals.look(actor, second.approval_id).state == "withdrawn"
    with pytest.raises(Conflict):
        approvals.approve(actor, second.approval_id, Leave())


def test_a_run_that_waits_is_not_closed_by_the_answer_that_asked(runs, actor):
    run_id, _ = wait(runs, actor, RUN)
    runs.close(run_id)
    runs.forget_old()
    assert isinstance(run_id, UUID)
    assert runs.take(run_id) is None


def test_nobody_is_asked_for_a_run_that_was_lost_with_its_server(runs, approvals, actor):
    run_id, (first, second) = wait(runs, actor, RUN, OTHER)
    approvals.approve(actor, first.approval_id, Leave())
    assert runs.take(run_id) is not None
    runs.forget_old()
    assert approvals.look(actor, second.approval_id).state == "waiting"
    with runs.units.write() as unit:
        unit.session.execute(update(RunRow).values(changed=now() - timedelta(hours=2)))
    runs.forget_old()
    assert approvals.look(actor, second.approval_id).state == "withdrawn"
    assert approvals.waiting(actor) == []


def test_what_waits_already_is_found_again_by_its_arguments(runs, approvals, actor):
    run_id, _ = wait(runs, actor, RUN)
    (asked,) = approvals.waiting(actor)
    run = runs.asked_before(CHAT, "run_cell", asked.arguments)
    assert run == run_id
    assert runs.asked_before(CHAT, "run_cell", {"cell": "another"}) is None
    assert runs.asked_before("another", "run_cell", asked.arguments) is None
