"""Versions side by side: who gets which, which does better, and which is taken out."""

from collections import Counter
from itertools import count

import pytest

from jupyter_wove.outcomes import Outcomes
from jupyter_wove.prompts import Experiments, NewExperiment, NewVariant, PromptRenderings
from jupyter_wove.prompts.renderings.models import Rendering
from tests.unit.journey import ask
from tests.unit.prompts.shelf import save


@pytest.fixture
def experiment(wove, ann, prompt):
    """1.0.0 and 1.1.0 side by side, as `production`."""
    save(wove, ann, prompt, "Mend it otherwise.")
    body = NewExperiment([NewVariant("1.0.0"), NewVariant("1.1.0")])
    return ask(wove, ann, Experiments.begin, prompt.id, body)


@pytest.fixture
def used(answers, report):
    """Have people use the prompt until so many got each version; accept by the version."""

    def by(accepts, each=20):
        given = Counter()
        for at in count():
            who = answers.person(f"user{at}")
            answer = answers.begin(who, "production")
            number = version_of(report(who))
            given[number] += 1
            verdict = answers.accept if accepts(number, given[number]) else answers.reject
            verdict(answer)
            if len(given) > 1 and min(given.values()) >= each:
                return

    return by


def version_of(report):
    (number,) = (number for number, each in report.items() if each.mine)
    return number


@pytest.fixture
def look(wove, ann, prompt, experiment):
    """Look at the experiment, and at what came of it."""

    def found():
        args = (prompt.id, experiment.id)
        shown, results = (
            ask(wove, ann, each, *args) for each in (Experiments.get, Outcomes.results)
        )
        return shown, {each.number: each for each in results}

    return found


def test_a_version_that_is_surely_worse_is_taken_out(wove, ann, prompt, used, look, experiment):
    used(lambda number, _: number == "1.0.0")
    shown, results = look()
    assert "of its changes were turned down" in shown.variants[1].stopped
    assert shown.variants[0].stopped == ""
    assert (results["1.1.0"].verdict, results["1.0.0"].is_baseline) == ("worse", True)
    steps = ask(wove, ann, Experiments.history, prompt.id, experiment.id)
    assert [(each.what, each.by and each.by.handle) for each in steps] == [
        ("begun", "ann"),
        ("excluded", None),
    ]
    for at in range(10):
        who = wove.directory.identity("test", f"late{at}", "Late")
        said = ask(wove, who, PromptRenderings.render, prompt.id, "production", Rendering())
        assert said.number == "1.0.0"


def test_a_version_whose_cells_fail_is_taken_out(answers, look, experiment, report):
    given = Counter()
    while min(given["1.0.0"], given["1.1.0"]) < 20:
        who = answers.person(f"user{given.total()}")
        answers.accept(answers.begin(who, "production"))
        number = version_of(report(who))
        given[number] += 1
        answers.run(well=number == "1.0.0")
    shown, results = look()
    assert "failed when they were run" in shown.variants[1].stopped
    assert results["1.1.0"].verdict_on_runs == "worse"


def test_of_a_better_version_it_is_said(used, look, experiment):
    used(lambda number, at: number == "1.1.0" or at % 3 == 0)
    shown, results = look()
    assert [each.stopped for each in shown.variants] == ["", ""]
    assert results["1.1.0"].verdict == "better"
    low, high = results["1.1.0"].difference
    assert 0 < low < high < 1


def test_of_a_few_people_nothing_is_said(used, look, experiment):
    used(lambda number, _: number == "1.0.0", each=3)
    shown, results = look()
    assert [each.stopped for each in shown.variants] == ["", ""]
    assert results["1.1.0"].verdict == "cannot tell yet"
    assert results["1.1.0"].difference is None


def test_versions_that_do_the_same_cannot_be_told_apart(used, look, experiment):
    used(lambda _, at: at % 2 == 0)
    shown, results = look()
    assert [each.stopped for each in shown.variants] == ["", ""]
    assert results["1.1.0"].verdict == "cannot tell yet"
