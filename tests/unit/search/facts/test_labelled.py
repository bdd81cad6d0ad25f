"""What is found in notebooks is what a reader finds."""

import pytest

from tests.unit.search.facts.labelled import KINDS, labelled, score


@pytest.fixture(scope="module")
def scores():
    return score(labelled())


def test_there_are_enough_labelled_notebooks():
    assert len({each.name for each in labelled()}) >= 50


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_found_is_there(scores, kind):
    assert scores[kind].right >= 80
    assert scores[kind].precision >= 0.95


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_there_is_found(scores, kind):
    assert scores[kind].recall >= 0.90
