"""Nobody spends more than they may, however many ask at once."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from jupyter_wove.ai.ledger import PICOS, BudgetSpent, Caller
from jupyter_wove.ai.ledger.tables import AttemptRow
from jupyter_wove.ai.models import Budget, Need
from jupyter_wove.ai.scripted import Fault, Reply
from jupyter_wove.kit.columns import now

CENT = Decimal("0.01")
A_CENT_AT_MOST = Need(tokens=0, output=1_000)  # at 10 dollars for a million


def spent(desk):
    return sum(each.cost for each in desk.attempts) / PICOS


def age(desk, by):
    """Have all of it happened earlier."""
    with desk.units.write() as unit:
        unit.session.execute(update(AttemptRow).values(at=now() - by))


def test_what_fits_is_answered_and_the_rest_is_refused_in_a_sentence(desk, models):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    desk.ask("scripted-400", need=A_CENT_AT_MOST)
    with pytest.raises(BudgetSpent, match=r"\$0\.0040 of the \$0\.01 of this day") as refused:
        desk.ask("scripted-400", need=A_CENT_AT_MOST)
    assert 0 < refused.value.retry_after <= 24 * 3600
    assert len(models.asked) == 1


@pytest.mark.parametrize("of", ["person", "everybody"])
def test_fifty_at_once_do_not_pass_it(desk, models, of):
    models.script = lambda asked: Reply(pieces=["word "] * 900, before=0.05)
    desk.spend_at_most(Budget(dollars=5 * CENT, every="month", of=of))

    patient = desk.deployment("scripted", first_within=60, next_within=60)

    async def ask():
        try:
            await desk.asking(patient, need=A_CENT_AT_MOST)
        except BudgetSpent:
            return 0
        return 1

    async def crowd():
        return sum(await asyncio.gather(*(ask() for _ in range(50))))

    assert asyncio.run(crowd()) >= 5
    assert spent(desk) <= 5 * CENT


def test_what_one_spends_is_not_spent_by_another(desk, wove, bob):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    desk.ask("scripted-1000", need=A_CENT_AT_MOST)
    desk.caller = Caller(bob.id)
    desk.ask("scripted-1000", need=A_CENT_AT_MOST)
    desk.spend_at_most(Budget(dollars=2 * CENT, every="day", of="everybody"))
    with pytest.raises(BudgetSpent, match="All together"):
        desk.ask("scripted", need=A_CENT_AT_MOST)


def test_the_next_day_begins_anew(desk):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    desk.ask("scripted-1000", need=A_CENT_AT_MOST)
    age(desk, timedelta(days=1))
    desk.ask("scripted", need=A_CENT_AT_MOST)


def test_who_is_too_dear_makes_room_for_who_is_not(desk, models):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    free = desk.deployment("free", price=None, is_local=True)
    desk.ask("scripted", free, need=Need(tokens=0, output=5_000))
    assert [each.model for each in models.asked] == ["free"]


def test_who_costs_nobody_knows_what_is_not_asked_on_a_budget(desk, models):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    with pytest.raises(BudgetSpent, match="Nobody knows"):
        desk.ask(desk.deployment("never-heard-of", price=None))
    assert models.asked == []


def test_no_answer_is_longer_than_what_was_reserved(desk, models):
    seen = []

    def script(asked):
        seen.append(asked.most)
        return Reply(pieces=["word "])

    models.script = script
    desk.ask(desk.deployment("scripted", most_output=77))
    desk.ask("scripted", need=Need(tokens=1, output=5), max_tokens=5)
    assert seen == [77, 5]


def test_what_failed_gives_back_what_it_did_not_cost(desk):
    desk.spend_at_most(Budget(dollars=CENT, every="day"))
    desk.ask(f"scripted@{Fault.FAILED}", "scripted-10", need=A_CENT_AT_MOST)
    assert spent(desk) == (3 * Decimal("2.5") + 10 * 10) / 1_000_000
