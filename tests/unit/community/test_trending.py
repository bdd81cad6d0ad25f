"""The order of *trending*."""

from datetime import UTC, datetime, timedelta
from math import isclose

from hypothesis import given
from hypothesis import strategies as some

from jupyter_wove.community.trending import HALF_LIFE, NOTHING, cooler, warmer

moments = some.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1), timezones=some.just(UTC))
weights = some.sampled_from([1.0, 3.0])
happenings = some.lists(some.tuples(weights, moments), min_size=1, max_size=20)


def heat_of(things):
    heat = NOTHING
    for weight, at in things:
        heat = warmer(heat, weight, at)
    return heat


def decayed_sum(things, now):
    return sum(weight * 2 ** ((at - now) / HALF_LIFE) for weight, at in things)


@given(happenings, happenings)
def test_the_order_is_that_of_sums_that_halve_each_week(one, other):
    now = max(at for _, at in one + other)
    ahead = decayed_sum(one, now) - decayed_sum(other, now)
    if not isclose(ahead, 0, abs_tol=1e-6):
        assert (heat_of(one) > heat_of(other)) == (ahead > 0)


@given(happenings, weights, moments)
def test_what_is_taken_back_leaves_no_trace_while_it_counts(things, weight, at):
    before = heat_of(things)
    after = cooler(warmer(before, weight, at), weight, at)
    newest = max(moment for _, moment in things)
    if abs(at - newest) < timedelta(weeks=20):
        assert isclose(after, before, abs_tol=1e-4)


@given(weights, moments)
def test_the_only_star_taken_back_leaves_nothing(weight, at):
    assert cooler(warmer(NOTHING, weight, at), weight, at) == NOTHING
