"""What became of answers is told of five people and more; of fewer, nobody learns anything."""

import pytest

from jupyter_wove.kit.errors import NotFound
from jupyter_wove.outcomes import Outcomes, Uses
from tests.unit.journey import ask
from tests.unit.outcomes.records import Answers
from tests.unit.prompts.shelf import add, save


@pytest.fixture
def used(answers):
    """Have so many people use the prompt; every second one rejects what it suggests."""

    def by(count):
        for number in range(count):
            answer = answers.begin(answers.person(f"user{number}"))
            (answers.reject if number % 2 else answers.accept)(answer)
            answers.run(well=number != 0)

    return by


def test_four_people_are_not_shown_to_others(used, report, ann):
    used(4)
    assert report(ann) == {}


def test_six_people_are_shown_together(used, report, ann):
    used(6)
    found = report(ann)["1.0.0"]
    assert (found.mine, found.all.answers) == (None, 6)
    assert (found.all.accepted.count, found.all.accepted.of) == (3, 6)
    assert found.all.accepted.low < 0.5 < found.all.accepted.high
    assert (found.all.tokens, found.all.dollars) == (720, "0.06")


def test_each_number_needs_enough_people_of_its_own(used, report, ann):
    used(6)
    found = report(ann)["1.0.0"].all
    # Three of six accepted: who they are could be told from what they took and how they did.
    assert (found.untouched, found.ran, found.seconds) == (None, None, None)
    assert (found.dollars_per_accepted, found.tokens_per_accepted) == (None, None)


def test_ten_answers_to_one_person_are_one_person(answers, report, ann, bob):
    for _ in range(10):
        answers.accept(answers.begin(bob))
    assert report(ann) == {}
    assert report(bob)["1.0.0"].mine.answers == 10


def test_everybody_sees_their_own(used, answers, report):
    used(2)
    assert report(answers.person("user0"))["1.0.0"].mine.accepted.count == 1
    assert report(answers.person("user1"))["1.0.0"].mine.accepted.count == 0


def test_a_stranger_learns_nothing_of_a_private_prompt(wove, ann, bob):
    hidden = add(wove, ann, "hidden", "Secret.")
    for operation in (Outcomes.of_prompt, Outcomes.table, Outcomes.plots):
        with pytest.raises(NotFound):
            ask(wove, bob, operation, hidden.id)


def test_the_table_says_the_same_as_the_report(wove, used, prompt, ann):
    used(6)
    raw = ask(wove, ann, Outcomes.table, prompt.id)
    head, *rows = (line.split(",") for line in raw.content.decode().splitlines())
    (row,) = (dict(zip(head, each, strict=True)) for each in rows)
    assert (row["version"], row["whose"], row["answers"]) == ("1.0.0", "everybody", "6")
    assert (row["accepted_count"], row["accepted_of"], row["ran_count"]) == ("3", "6", "")
    assert (raw.filename, raw.media) == ("explain-outcomes.csv", "text/csv; charset=utf-8")


def test_plots_show_weeks_of_enough_people_only(wove, used, prompt, ann):
    used(4)
    assert all(each.spec["data"]["values"] == [] for each in plots(wove, ann, prompt))
    used(6)
    shown = {each.name: each.spec for each in plots(wove, ann, prompt)}
    ((point,), costs) = (shown[name]["data"]["values"] for name in ("acceptance", "cost"))
    assert (point["version"], costs) == ("1.0.0", [])  # only three people accepted anything
    assert point["low"] < point["share"] < point["high"]


def plots(wove, who, prompt):
    return ask(wove, who, Outcomes.plots, prompt.id)


def test_buttons_at_cells_are_recorded_like_prompts(wove, ann):
    uses, answers = Uses(wove.units), Answers(wove, None)
    for number in range(6):
        uses.with_task(answers.person(f"user{number}"), "fix", "Find out why it fails.")
    report = ask(wove, ann, Outcomes.of_task, "fix")
    assert [each.all.answers for each in report.versions] == [6]
    assert ask(wove, ann, Outcomes.of_task, "explain").versions == []


def test_the_newest_version_comes_first_whichever_was_used_last(wove, ann, bob, prompt, answers):
    for number in ("1.9.0", "1.10.0"):
        save(wove, ann, prompt, f"Mend it as in {number}.", number)
    for version in ("latest", "1.0.0", "1.9.0"):
        answers.begin(bob, version)
    report = ask(wove, bob, Outcomes.of_prompt, prompt.id)
    assert [each.number for each in report.versions] == ["1.10.0", "1.9.0", "1.0.0"]
