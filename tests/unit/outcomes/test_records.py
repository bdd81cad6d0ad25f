"""What became of an answer is recorded from what happens, once, and only with leave."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from jupyter_wove.accounts import PersonRow
from jupyter_wove.ai import PromptUse
from jupyter_wove.outcomes import Choice, NewChoice, OutcomeChoices, Uses, look_again
from jupyter_wove.outcomes.tables import EditRow, UseRow
from jupyter_wove.prompts import PromptLabels
from jupyter_wove.prompts.labels.models import LabelTarget
from tests.unit.journey import ask
from tests.unit.outcomes.records import ROOM
from tests.unit.prompts.shelf import add, save


def mine(report, who, number="1.0.0"):
    return report(who)[number].mine


def test_an_accepted_change_counts_with_what_it_cost(answers, report, bob):
    answer = answers.begin(bob)
    answers.accept(answer, after=30)
    found = mine(report, bob)
    assert (found.answers, found.tokens, found.dollars) == (1, 120, "0.01")
    assert (found.accepted.count, found.accepted.of, found.untouched.count) == (1, 1, 1)
    assert (found.dollars_per_accepted, found.tokens_per_accepted) == ("0.01", 120)
    assert found.seconds == pytest.approx(30, abs=2)


def test_what_others_changed_first_is_accepted_and_not_untouched(answers, report, bob):
    answers.accept(answers.begin(bob), said="1 / 1\nmore")
    found = mine(report, bob)
    assert (found.accepted.count, found.untouched.count) == (1, 0)


def test_what_is_turned_down_or_withdrawn_is_not_accepted(answers, report, bob):
    answers.reject(answers.begin(bob))
    answers.withdraw(answers.begin(bob))
    found = mine(report, bob)
    assert (found.accepted.count, found.accepted.of) == (0, 2)
    assert found.dollars_per_accepted is None


def test_what_nobody_decided_counts_for_nothing_yet(answers, report, bob):
    answers.begin(bob)
    found = mine(report, bob)
    assert (found.answers, found.accepted, found.ran, found.seconds) == (1, None, None, None)


def test_a_decision_that_is_taken_back_waits_again(answers, report, bob):
    answer = answers.begin(bob)
    decision = answers.accept(answer)
    answers.undo(answer, decision)
    assert mine(report, bob).accepted is None
    answers.reject(answer)
    assert mine(report, bob).accepted.count == 0


def test_to_hear_of_something_twice_changes_nothing(answers, report, bob):
    answer = answers.begin(bob)
    answers.accept(answer)
    answers.accept(answer, said="something else")
    answers.reject(answer)
    assert (mine(report, bob).accepted.count, mine(report, bob).untouched.count) == (1, 1)


def test_only_the_first_run_after_the_change_counts(answers, report, bob):
    answer = answers.begin(bob)
    answers.run(well=False)  # before it is accepted: that of the old cell
    answers.accept(answer)
    assert answers.run(well=True) is False  # nothing more to wait for
    answers.run(well=False)
    assert (mine(report, bob).ran.count, mine(report, bob).ran.of) == (1, 1)


def test_an_error_after_the_change_is_one(answers, report, bob):
    answers.accept(answers.begin(bob))
    answers.run(well=False)
    assert (mine(report, bob).ran.count, mine(report, bob).ran.of) == (0, 1)


def test_what_was_taken_over_at_once_is_no_verdict_of_anybody(answers, report, bob):
    answers.accept(answers.begin(bob), is_automatic=True)
    answers.run()
    found = mine(report, bob)
    assert (found.accepted, found.untouched, found.ran.count) == (None, None, 1)


def test_a_cell_is_looked_at_again_a_day_later(wove, answers, report, bob):
    class Cells:
        def __init__(self, source):
            self.source = source

        def read(self, room, look):
            from pycrdt import Array, Doc, Map, Text

            doc = Doc()
            doc["cells"] = Array([Map({"id": "here", "source": Text(self.source)})])
            return look(doc)

    for source in ("1 / 1\nmore = 2", "something = 'else'"):
        answers.accept(answers.begin(bob), after=-25 * 3600)
        look_again(wove.units, Cells(source))
    answers.accept(answers.begin(bob), after=-3600)
    look_again(wove.units, Cells("1 / 1"))  # which is too early for that one
    assert (mine(report, bob).lasted.count, mine(report, bob).lasted.of) == (1, 2)


def test_who_refuses_is_not_recorded_and_what_there_was_can_be_forgotten(
    wove, answers, report, bob
):
    answers.accept(answers.begin(bob))
    said = ask(wove, bob, OutcomeChoices.choose, NewChoice(is_recorded=False))
    assert said == Choice(is_recorded=False, answers=1)
    assert answers.begin(bob) is None
    assert mine(report, bob).answers == 1
    gone = ask(wove, bob, OutcomeChoices.choose, NewChoice(is_recorded=False, forget=True))
    assert (gone.answers, report(bob)) == (0, {})
    ask(wove, bob, OutcomeChoices.choose, NewChoice(is_recorded=True))
    assert answers.begin(bob) is not None


def test_the_verdict_of_who_refuses_is_not_recorded_either(wove, answers, report, ann, bob):
    answer = answers.begin(ann)
    ask(wove, bob, OutcomeChoices.choose, NewChoice(is_recorded=False))
    answers.reject(answer, by=bob)
    assert mine(report, ann).accepted is None


def test_what_is_recorded_of_somebody_goes_with_their_account(wove, answers, bob):
    answers.accept(answers.begin(bob))
    with wove.units.write() as unit:
        unit.session.delete(unit.session.get_one(PersonRow, bob.id))
    with wove.units.read() as unit:
        counts = [unit.session.scalar(select(func.count(row.id))) for row in (UseRow, EditRow)]
    assert counts == [0, 0]


def test_a_prompt_that_one_may_not_see_is_not_used(wove, ann, bob):
    hidden = add(wove, ann, "hidden", "Secret.")
    uses = Uses(wove.units)
    assert uses.with_prompt(bob, PromptUse(hidden.id)) is None
    assert uses.with_prompt(bob, PromptUse(uuid4())) is None


def test_the_version_is_the_one_that_was_written_out(wove, answers, report, ann, prompt):
    save(wove, ann, prompt, "Mend it well.")
    ask(wove, ann, PromptLabels.put, prompt.id, "production", LabelTarget("1.1.0"))
    uses = Uses(wove.units)
    uses.with_prompt(ann, PromptUse(prompt.id, "production", "1.0.0"))
    uses.with_prompt(ann, PromptUse(prompt.id, "production"))
    assert sorted(report(ann)) == ["1.0.0", "1.1.0"]


def test_a_change_that_takes_the_place_of_another_is_the_one_that_counts(
    wove, answers, report, bob
):
    from tests.unit.outcomes.records import WISH

    answer = answers.begin(bob)
    Uses(wove.units).suggested(answer.use, answer.suggestion, ROOM, WISH)
    answers.accept(answer)
    assert (mine(report, bob).accepted.count, mine(report, bob).accepted.of) == (1, 1)
