"""Intervals and tests, held against known values and against chance itself."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_wove.outcomes.guarding import DOUBT, FIRST_LOOK
from jupyter_wove.outcomes.statistics import chance, difference, doubt_of_look, wilson


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_of_the_literature(count, of, low, high):
    assert wilson(count, of) == pytest.approx((low, high), abs=1e-4)


def test_the_difference_is_that_of_newcombe():
    assert difference((56, 70), (48, 80)) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert difference((9, 10), (3, 10)) == pytest.approx((0.1705, 0.8090), abs=1e-4)


def test_the_test_is_that_of_fisher():
    assert chance((8, 10), (1, 6)) == pytest.approx(0.0244755, abs=1e-6)
    assert chance((3, 4), (1, 4)) == pytest.approx(17 / 70, abs=1e-9)
    assert chance((0, 9), (5, 9)) == pytest.approx(1.0)


@given(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_lies_in_its_interval(counted):
    low, high = wilson(*counted)
    assert 0 <= low <= counted[0] / counted[1] <= high <= 1


def test_looks_without_end_share_one_doubt():
    assert sum(doubt_of_look(number, DOUBT) for number in range(1, 10_000)) <= DOUBT


def test_versions_that_are_the_same_are_rarely_told_apart_however_often_one_looks():
    """Of 400 experiments with five looks each, 5 % of which would be 20."""
    random = Random(7)
    assert sum(_stops(random, 0.4, 0.4) for _ in range(400)) <= 20


def test_a_version_that_is_far_worse_is_found_out():
    random = Random(7)
    assert sum(_stops(random, 0.7, 0.3) for _ in range(100)) >= 95


def _stops(random, share, other_share):
    counts, of = [0, 0], 0
    for look in range(1, 6):
        size = FIRST_LOOK * 2 ** (look - 1)
        for at, likely in enumerate((share, other_share)):
            counts[at] += sum(random.random() < likely for _ in range(size - of))
        of = size
        if chance((counts[0], of), (counts[1], of)) < doubt_of_look(look, DOUBT):
            return True
    return False
