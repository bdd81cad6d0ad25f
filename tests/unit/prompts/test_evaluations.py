"""Evaluations: what scores say, what is kept, and what labels need of them."""

import random
from hashlib import sha256
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_wove.kit.errors import Conflict, Forbidden, InvalidRequest, NotFound
from jupyter_wove.prompts import (
    Evaluations,
    NewEvaluation,
    PromptLabels,
    PromptMembers,
    Results,
)
from jupyter_wove.prompts.evaluations.models import LabelRule, Result
from jupyter_wove.prompts.evaluations.scoring import contrast, score
from jupyter_wove.prompts.evaluations.statistics import interval, share_of
from jupyter_wove.prompts.labels.models import LabelTarget
from jupyter_wove.prompts.members.models import PromptMembership
from tests.unit.journey import ask
from tests.unit.prompts.shelf import add, save

DATA = sha256(b"rows").hexdigest()
GOOD, FAIR, BAD = [1.0] * 10, [1.0] * 8 + [0.0] * 2, [0.0] * 10


@pytest.fixture
def prompt(wove, ann):
    """A prompt with the versions 1.0.0, 1.1.0 and 1.2.0."""
    prompt = add(wove, ann, body="One")
    save(wove, ann, prompt, "Two")
    save(wove, ann, prompt, "Three")
    return prompt


def begin(wove, actor, prompt, versions, rows=10):
    body = NewEvaluation(versions, ["fast"], rows, ["contains expected"], DATA)
    return ask(wove, actor, Evaluations.begin, prompt.id, body)


def end(wove, actor, prompt, begun, **scores):
    results = [
        Result(name.replace("v", "").replace("_", "."), "fast", each, [0.5] * len(each))
        for name, each in scores.items()
    ]
    return ask(wove, actor, Evaluations.end, prompt.id, begun.id, Results(results))


def evaluated(wove, actor, prompt, **scores):
    versions = [name.replace("v", "").replace("_", ".") for name in scores]
    return end(wove, actor, prompt, begin(wove, actor, prompt, versions), **scores)


def put(wove, actor, prompt, version):
    target = LabelTarget(version)
    return ask(wove, actor, PromptLabels.put, prompt.id, "production", target).number


def test_what_came_is_summed_up_with_what_it_cost_and_compared(wove, ann, prompt):
    found = evaluated(wove, ann, prompt, v1_0_0=FAIR, v1_1_0=GOOD)
    first, second = found.scores
    assert (first.version, first.mean, first.graded, first.missing) == ("1.0.0", 0.8, 10, 0)
    assert 0.4 < first.low < 0.8 < first.high <= 1
    assert (second.mean, second.low, second.high) == (1, 1, 1)
    assert (first.dollars, first.median, first.p95) == ("0", 0.5, 0.5)
    (better,) = found.contrasts
    assert (better.version, better.base, better.rows) == ("1.1.0", "1.0.0", 10)
    assert better.difference == pytest.approx(0.2)


def test_versions_are_those_that_the_names_mean_when_it_begins(wove, ann, prompt):
    put(wove, ann, prompt, "1.0.0")
    begun = begin(wove, ann, prompt, ["latest", "production", "1.0.0"])
    assert begun.versions == ["1.2.0", "1.0.0"]
    assert (begun.ended, begun.scores) == (None, [])
    with pytest.raises(NotFound):
        begin(wove, ann, prompt, ["7.0.0"])


def test_only_what_was_asked_for_is_kept_and_only_once(wove, ann, prompt):
    begun = begin(wove, ann, prompt, ["1.0.0"])
    for wrong in ({"v1_1_0": GOOD}, {"v1_0_0": GOOD[:5]}):
        with pytest.raises(InvalidRequest):
            end(wove, ann, prompt, begun, **wrong)
    end(wove, ann, prompt, begun, v1_0_0=GOOD)
    with pytest.raises(Conflict, match="has ended already"):
        end(wove, ann, prompt, begun, v1_0_0=GOOD)


def test_editors_evaluate_and_readers_read(wove, ann, bob, prompt):
    with pytest.raises(NotFound):
        ask(wove, bob, Evaluations.all, prompt.id)
    ask(wove, ann, PromptMembers.put, prompt.id, "bob", PromptMembership("viewer"))
    begun = begin(wove, ann, prompt, ["1.0.0"])
    assert len(ask(wove, bob, Evaluations.all, prompt.id).items) == 1
    with pytest.raises(Forbidden):
        begin(wove, bob, prompt, ["1.0.0"])
    ask(wove, ann, PromptMembers.put, prompt.id, "bob", PromptMembership("editor"))
    with pytest.raises(Forbidden, match="Only who began"):
        end(wove, bob, prompt, begun, v1_0_0=GOOD)
    ask(wove, bob, Evaluations.remove, prompt.id, begun.id)
    assert ask(wove, ann, Evaluations.all, prompt.id).items == []


def test_a_label_with_a_rule_means_only_what_does_well_enough(wove, ann, prompt):
    put(wove, ann, prompt, "1.0.0")
    rule = ask(wove, ann, PromptLabels.require, prompt.id, "production", LabelRule(0.7))
    assert rule.least == 0.7
    with pytest.raises(Conflict, match=r"Evaluate 1.1.0 beside 1.0.0, which production means now"):
        put(wove, ann, prompt, "1.1.0")
    evaluated(wove, ann, prompt, v1_0_0=FAIR, v1_1_0=BAD)
    with pytest.raises(Conflict, match=r"1.1.0 has 0% with fast; 70% is needed"):
        put(wove, ann, prompt, "1.1.0")
    evaluated(wove, ann, prompt, v1_0_0=FAIR, v1_1_0=[*GOOD[:9], None])
    with pytest.raises(Conflict, match="has no score for 1 rows"):
        put(wove, ann, prompt, "1.1.0")
    evaluated(wove, ann, prompt, v1_0_0=FAIR, v1_1_0=GOOD)
    assert put(wove, ann, prompt, "1.1.0") == "1.1.0"
    evaluated(wove, ann, prompt, v1_1_0=GOOD, v1_2_0=[0.75] * 10)
    with pytest.raises(Conflict, match=r"1.2.0 does worse than 1.1.0 with fast"):
        put(wove, ann, prompt, "1.2.0")


def test_back_to_what_it_meant_before_a_label_goes_without(wove, ann, prompt):
    put(wove, ann, prompt, "1.0.0")
    put(wove, ann, prompt, "1.1.0")
    ask(wove, ann, PromptLabels.require, prompt.id, "production", LabelRule(1.0))
    assert put(wove, ann, prompt, "1.0.0") == "1.0.0"
    ask(wove, ann, PromptLabels.release, prompt.id, "production")
    assert put(wove, ann, prompt, "1.2.0") == "1.2.0"


def test_only_owners_say_what_a_label_needs(wove, ann, bob, prompt):
    ask(wove, ann, PromptMembers.put, prompt.id, "bob", PromptMembership("editor"))
    put(wove, ann, prompt, "1.0.0")
    with pytest.raises(Forbidden):
        ask(wove, bob, PromptLabels.require, prompt.id, "production", LabelRule(0.0))
    with pytest.raises(NotFound, match="Put it on a version first"):
        ask(wove, ann, PromptLabels.require, prompt.id, "course", LabelRule(0.5))


@given(st.lists(st.floats(0, 1), min_size=5, max_size=60))
def test_the_mean_lies_in_its_interval_and_the_interval_within_the_scores(values):
    low, high = interval(values)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert low - 1e-9 <= fmean(values) <= high + 1e-9 or max(values) - min(values) > 0


def test_an_interval_holds_the_truth_about_as_often_as_it_says():
    drawing, held = random.Random(7), 0
    for _ in range(200):
        low, high = interval([float(drawing.random() < 0.7) for _ in range(60)])
        held += low <= 0.7 <= high
    assert 0.88 * 200 < held <= 200


def test_of_few_rows_nothing_is_said_and_missing_ones_are_left_out():
    assert interval([1.0] * 4) is None
    base = Result("1.0.0", "fast", [1.0, None, 0.0], [1.0, None, 3.0])
    other = Result("1.1.0", "fast", [1.0, 1.0, None], [1.0, 1.0, 1.0])
    assert contrast(base, other).rows == 1
    assert contrast(base, Result("1.1.0", "fast", [None, 1.0, None], [None] * 3)) is None
    found = score(base, None)
    assert (found.graded, found.missing, found.mean, found.low, found.dollars) == (
        2,
        1,
        0.5,
        None,
        None,
    )
    assert (share_of([], 0.5), share_of([3.0, 1.0, 2.0], 0.5), share_of([1.0], 0.95)) == (
        None,
        2,
        1,
    )
