"""Experiments: everybody keeps their share, and labels move once and back."""

from collections import Counter
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.kit.errors import Conflict, Forbidden, InvalidRequest, NotFound
from jupyter_wove.prompts import (
    Experiments,
    NewExperiment,
    NewVariant,
    NewWeights,
    Promotion,
    PromptLabels,
    PromptMembers,
    PromptRenderings,
    PromptVersions,
)
from jupyter_wove.prompts.experiments.buckets import bucket
from jupyter_wove.prompts.labels.models import LabelTarget
from jupyter_wove.prompts.members.models import PromptMembership
from jupyter_wove.prompts.renderings.models import Rendering
from tests.unit.journey import ask
from tests.unit.prompts.shelf import add, save

BOTH = [NewVariant("1.0.0"), NewVariant("1.1.0")]
CROWD = 4_000
weights = st.lists(st.integers(1, 9), min_size=2, max_size=5)


def crowd(salt):
    return [UUID(int=(salt << 64) | number) for number in range(CROWD)]


def shares(experiment, people, weighed):
    return [bucket(experiment, each, dict(enumerate(weighed))) for each in people]


@settings(max_examples=25, deadline=None)
@given(st.uuids(), weights)
def test_shares_are_as_large_as_their_weights_say(experiment, weighed):
    counted = Counter(shares(experiment, crowd(1), weighed))
    wanted = [CROWD * each / sum(weighed) for each in weighed]
    squares = ((counted[at] - expected) ** 2 / expected for at, expected in enumerate(wanted))
    assert sum(squares) < 40  # chi-square with 1 to 4 degrees: once in ten million by chance


@settings(max_examples=25, deadline=None)
@given(st.uuids(), weights, st.data())
def test_only_those_move_who_have_to(experiment, weighed, data):
    at = data.draw(st.integers(0, len(weighed) - 1))
    more = [each + 3 if number == at else each for number, each in enumerate(weighed)]
    before, after = (shares(experiment, crowd(2), each) for each in (weighed, more))
    moved = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert {new for _, new in moved} <= {at}
    grown = more[at] / sum(more) - weighed[at] / sum(weighed)
    assert len(moved) / CROWD == pytest.approx(grown, abs=0.05)


def test_who_is_in_a_share_is_the_same_on_every_server(run_python):
    said = run_python(
        """
        from uuid import UUID
        from jupyter_wove.prompts.experiments.buckets import bucket

        print([bucket(UUID(int=1), UUID(int=n), {0: 1, 1: 1, 2: 2}) for n in range(12)])
        """
    )
    assert said.strip() == str(
        [bucket(UUID(int=1), UUID(int=n), {0: 1, 1: 1, 2: 2}) for n in range(12)]
    )


@pytest.fixture
def prompt(wove, ann):
    """A public prompt with the versions 1.0.0 and 1.1.0; the first is `production`."""
    prompt = add(wove, ann, body="One", public=True)
    save(wove, ann, prompt, "Two")
    ask(wove, ann, PromptLabels.put, prompt.id, "production", LabelTarget("1.0.0"))
    return prompt


@pytest.fixture
def begin(wove, ann, prompt):
    def begun(variants=BOTH, label="production", who=ann):
        return ask(wove, who, Experiments.begin, prompt.id, NewExperiment(variants, label))

    return begun


@pytest.fixture
def got(wove, prompt):
    """Render the prompt for many people; tell who got which version."""

    def versions(which="production", count=40):
        people = [wove.directory.identity("test", f"user{at}", "User") for at in range(count)]
        rendered = [
            ask(wove, each, PromptRenderings.render, prompt.id, which, Rendering())
            for each in people
        ]
        return [each.number for each in rendered], rendered

    return versions


def meant(wove, who, prompt, which="production", **how):
    return ask(wove, who, PromptVersions.get, prompt.id, which, **how).version.number


def test_everybody_keeps_the_version_of_their_share(begin, got):
    experiment = begin()
    numbers, rendered = got()
    assert set(numbers) == {"1.0.0", "1.1.0"}
    assert got()[0] == numbers
    for each in rendered:
        assert (each.variation.experiment, each.variation.variant) == (experiment.id, each.number)
    assert all(each.variation is None for each in got("1.1.0")[1])


def test_who_edits_the_newest_gets_the_newest(wove, ann, prompt, begin):
    begin([NewVariant("1.0.0"), NewVariant("1.1.0", 0)], "latest")
    assert meant(wove, ann, prompt, "latest") == "1.1.0"
    assert meant(wove, ann, prompt, "latest", used=True) == "1.0.0"


def test_other_weights_move_people(wove, ann, prompt, begin, got):
    experiment = begin()
    body = NewWeights({"1.0.0": 0})
    ask(wove, ann, Experiments.weigh, prompt.id, experiment.id, body)
    assert set(got()[0]) == {"1.1.0"}


def test_promoting_moves_the_label_and_rolling_back_brings_it_back(wove, ann, prompt, begin, got):
    experiment = begin()
    body = Promotion("1.1.0")
    promoted = ask(wove, ann, Experiments.promote, prompt.id, experiment.id, body)
    assert (promoted.state, promoted.before, set(got()[0])) == ("promoted", "1.0.0", {"1.1.0"})
    back = ask(wove, ann, Experiments.roll_back, prompt.id, experiment.id)
    assert (back.state, set(got()[0])) == ("rolled back", {"1.0.0"})
    steps = ask(wove, ann, Experiments.history, prompt.id, experiment.id)
    assert [each.what for each in steps] == ["begun", "promoted", "rolled back"]
    with pytest.raises(Conflict):
        ask(wove, ann, Experiments.roll_back, prompt.id, experiment.id)


def test_a_label_that_was_not_there_is_not_there_again(wove, ann, prompt, begin):
    experiment = begin(label="course")
    ask(wove, ann, Experiments.promote, prompt.id, experiment.id, Promotion("1.1.0"))
    assert meant(wove, ann, prompt, "course") == "1.1.0"
    ask(wove, ann, Experiments.roll_back, prompt.id, experiment.id)
    with pytest.raises(NotFound):
        meant(wove, ann, prompt, "course")


def test_what_somebody_moved_since_is_not_moved_back(wove, ann, prompt, begin):
    experiment = begin()
    ask(wove, ann, Experiments.promote, prompt.id, experiment.id, Promotion("1.1.0"))
    ask(wove, ann, PromptLabels.put, prompt.id, "production", LabelTarget("1.0.0"))
    with pytest.raises(Conflict, match="since"):
        ask(wove, ann, Experiments.roll_back, prompt.id, experiment.id)


def test_what_was_tried_as_the_newest_becomes_production(wove, ann, prompt, begin):
    experiment = begin(label="latest")
    ask(wove, ann, Experiments.promote, prompt.id, experiment.id, Promotion("1.1.0"))
    assert meant(wove, ann, prompt) == "1.1.0"


def test_who_stops_an_experiment_gives_everybody_what_the_label_means(
    wove, ann, prompt, begin, got
):
    experiment = begin()
    ask(wove, ann, Experiments.stop, prompt.id, experiment.id)
    assert set(got()[0]) == {"1.0.0"}
    with pytest.raises(Conflict, match="stopped already"):
        ask(wove, ann, Experiments.weigh, prompt.id, experiment.id, NewWeights({"1.0.0": 1}))


def test_what_makes_no_experiment_is_refused(wove, ann, prompt, begin):
    with pytest.raises(InvalidRequest, match="twice"):
        begin([NewVariant("1.0.0"), NewVariant("1.0")])
    with pytest.raises(InvalidRequest, match="Nobody"):
        begin([NewVariant("1.0.0", 0), NewVariant("1.1.0", 0)])
    with pytest.raises(NotFound):
        begin([NewVariant("1.0.0"), NewVariant("9.0.0")])
    experiment = begin()
    with pytest.raises(Conflict, match="already"):
        begin()
    for wrong in (NewWeights({"7.0.0": 1}), NewWeights({"1.0.0": 0, "1.1.0": 0})):
        with pytest.raises(InvalidRequest):
            ask(wove, ann, Experiments.weigh, prompt.id, experiment.id, wrong)
    with pytest.raises(InvalidRequest, match="not part"):
        ask(wove, ann, Experiments.promote, prompt.id, experiment.id, Promotion("7.0.0"))
    with pytest.raises(NotFound):
        ask(wove, ann, Experiments.get, prompt.id, uuid4())


def test_only_editors_experiment_and_only_owners_with_what_is_protected(
    wove, ann, bob, prompt, begin
):
    with pytest.raises(Forbidden):
        begin(who=bob)
    with pytest.raises(Forbidden):
        ask(wove, bob, Experiments.all, prompt.id)
    ask(wove, ann, PromptMembers.put, prompt.id, "bob", PromptMembership("editor"))
    experiment = begin(who=bob)
    target = LabelTarget("1.0.0", protected=True)
    ask(wove, ann, PromptLabels.put, prompt.id, "production", target)
    for operation, body in (
        (Experiments.stop, []),
        (Experiments.promote, [Promotion("1.1.0")]),
        (Experiments.weigh, [NewWeights({"1.0.0": 3})]),
    ):
        with pytest.raises(Forbidden):
            ask(wove, bob, operation, prompt.id, experiment.id, *body)
    ask(wove, ann, Experiments.stop, prompt.id, experiment.id)
