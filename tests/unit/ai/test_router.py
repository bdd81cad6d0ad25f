"""An answer comes whole, whoever fails on the way; and each try is written down with its price."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from itertools import cycle, islice

import pytest
from sqlalchemy import update

from jupyter_wove.ai.ledger import PICOS, Entry, close_lost
from jupyter_wove.ai.ledger.tables import AttemptRow
from jupyter_wove.ai.models import Need, Route
from jupyter_wove.ai.providers import Failure
from jupyter_wove.ai.routing import NoAnswer
from jupyter_wove.ai.scripted import Call, Fault, Reply
from jupyter_wove.ai.scripted.script import WORDS
from jupyter_wove.kit.columns import now

FINAL = {Fault.BAD_REQUEST}
MENDABLE = sorted(set(Fault) - FINAL)
LATE = [Fault.CUT, Fault.SILENT_END, Fault.STALL, Fault.GARBAGE, Fault.ERROR_EVENT, Fault.LORIS]


def dollars(row):
    return row.cost / PICOS


def words(count):
    return "".join(f"{word} " for word in islice(cycle(WORDS), count))


def test_an_answer_ends_with_why_and_with_what_was_spent(desk):
    *texts, last = desk.ask("scripted-12")
    assert "".join(chunk.text for chunk in texts) == words(12)
    assert (last.finish, last.usage.input, last.usage.output) == ("stop", 3, 12)


@pytest.mark.parametrize("fault", MENDABLE)
def test_whatever_fails_the_next_one_answers(desk, fault):
    chunks = desk.ask(f"scripted-20@{fault}:0", "scripted-20")
    assert "".join(chunk.text for chunk in chunks) == words(20)
    assert [each.outcome for each in desk.attempts] == ["failed", "answered"]


@pytest.mark.parametrize("fault", LATE)
def test_who_goes_on_is_told_what_was_said(desk, models, fault):
    text = desk.text(f"scripted-20@{fault}:7", "scripted-13")
    assert text == words(7) + words(13)
    role, said = models.asked[-1].texts[-2]
    assert (role, said) == ("assistant", words(7))


def test_a_request_that_is_refused_is_asked_once(desk):
    with pytest.raises(Failure):
        desk.ask("scripted@400", "scripted")
    assert len(desk.attempts) == 1


def test_where_nobody_can_answer_it_says_who_failed_and_how(desk):
    with pytest.raises(NoAnswer, match=r"scripted\.429: busy; scripted-9\.cut: broken"):
        desk.ask("scripted@429", "scripted-9@cut")


def test_calls_of_tools_come_whole_or_not_at_all(desk, models):
    call = Call("run", {"cell": 3})

    def script(asked):
        fails = asked.model == "fails"
        return Reply(calls=[call, call], fault=Fault.CUT if fails else None, after=1)

    models.script = script
    (last,) = desk.ask("fails", "works")
    assert [(each.index, each.name, each.arguments) for each in last.calls] == [
        (0, "run", '{"cell":3}'),
        (1, "run", '{"cell":3}'),
    ]


def test_a_deployment_that_fails_again_and_again_is_left_alone(desk, models):
    for _ in range(5):
        desk.text("scripted@500", "scripted-3")
    asked = [each.model for each in models.asked]
    assert asked.count("scripted@500") == 3


def test_who_says_when_to_come_again_is_left_alone_until_then(desk, models):
    for _ in range(3):
        desk.text("scripted@429", "scripted-3")
    assert [each.model for each in models.asked].count("scripted@429") == 1


@pytest.mark.parametrize(
    ("changes", "need", "reason"),
    [
        ({"window": 100}, Need(tokens=90, output=11), "100 tokens"),
        ({"most_output": 10}, Need(tokens=1, output=11), "writes 10 tokens"),
        ({"features": frozenset()}, Need(tokens=1, output=0, features={"tools"}), "no tools"),
    ],
)
def test_who_cannot_do_it_is_not_asked(desk, models, changes, need, reason):
    with pytest.raises(NoAnswer, match=reason):
        desk.ask(desk.deployment("scripted", **changes), need=need)
    assert models.asked == []


def test_a_private_route_asks_only_who_is_local(desk, models):
    far, near = desk.deployment("far"), desk.deployment("near", is_local=True)
    route = Route(name="private", deployments=["far", "near"], is_private=True)
    desk.ask(far, near, route=route)
    assert [each.model for each in models.asked] == ["near"]


def test_the_ledger_has_each_try_with_its_exact_price(desk, models):
    models.script = lambda asked: Reply(pieces=["a "] * 7, cached=2)
    desk.ask("one")
    (row,) = desk.attempts
    assert (row.input, row.read, row.output, row.is_estimated) == (3, 2, 7, False)
    assert dollars(row) == (1 * Decimal("2.5") + 2 * Decimal("0.25") + 7 * 10) / 1_000_000


def test_what_nobody_knows_the_price_of_is_not_free(desk):
    desk.ask(desk.deployment("never-heard-of", price=None))
    assert [each.cost for each in desk.attempts] == [None]


def test_who_goes_away_in_the_middle_pays_for_what_they_got(desk, models):
    models.script = lambda asked: Reply(pieces=["word "] * 50, between=0.01)

    async def leave_after(count):
        answer = desk.answer("slowly")
        async for _ in answer:
            count -= 1
            if count == 0:
                break
        await answer.aclose()

    asyncio.run(leave_after(10))
    (row,) = desk.attempts
    assert (row.outcome, row.is_estimated, row.input) == ("cancelled", True, 3)
    assert row.output == pytest.approx(10, rel=0.3)
    assert dollars(row) == (3 * Decimal("2.5") + row.output * 10) / 1_000_000


def test_what_takes_a_moment_is_written_down_while_it_runs(desk, models):
    models.script = lambda asked: Reply(pieces=["word ", "word "], before=0.3)
    seen = []

    async def look():
        answer = desk.answer("slowly")
        async for _ in answer:
            seen.append(desk.attempts[0].outcome)

    asyncio.run(look())
    assert (seen[0], desk.attempts[0].outcome) == ("running", "answered")


def test_an_answer_whose_cost_alone_is_missing_is_an_answer(desk, models):
    models.script = lambda asked: Reply(pieces=["one ", "two "], fault=Fault.CUT, after=3)
    chunks = desk.ask("says-stop-and-goes")
    assert chunks[-1].finish == "stop"
    (row,) = desk.attempts
    assert (row.outcome, row.is_estimated) == ("answered", True)


def test_what_a_dead_server_left_is_ended_by_one_that_lives_on(desk, wove):
    entry = Entry(desk.caller, "test", desk.deployment("one"), 1, Need(tokens=9, output=0))
    asyncio.run(desk.ledger.begin(entry))
    with desk.units.write() as unit:
        unit.session.execute(update(AttemptRow).values(at=now() - timedelta(hours=7)))
    wove.tidy()
    assert [row.outcome for row in desk.attempts] == ["lost"]


def test_what_a_dead_server_left_is_ended_and_keeps_its_cost(desk):
    entry = Entry(desk.caller, "test", desk.deployment("one"), 1, Need(tokens=1_000, output=0))
    asyncio.run(desk.ledger.begin(entry))
    assert close_lost(desk.units, desk.asked) == 0  # for it may be another server that runs it
    assert close_lost(desk.units, desk.asked, timedelta(0)) == 1
    (row,) = desk.attempts
    assert (row.outcome, dollars(row)) == ("lost", Decimal("0.0025"))
