"""A few searches at once may take long; all others end after a moment."""

import time

import pytest

from jupyter_wove.search.patterns import Budget, Moment, OutOfTime, Patience

LONG = 600.0  # seconds


def wait_until_over(budget, most=5.0):
    end = time.monotonic() + most
    while not budget.is_over() and time.monotonic() < end:
        time.sleep(0.005)
    return budget.is_over()


def test_what_is_over_says_so_and_that_something_was_left_out():
    budget = Budget(0.0)
    time.sleep(0.001)
    with pytest.raises(OutOfTime):
        budget.check()
    assert budget.left_out


def test_a_moment_ends_with_the_work_that_is_done_in_it_and_in_any_case():
    moment = Moment(0.01, LONG)
    time.sleep(0.05)
    assert not moment.is_over()
    end = time.monotonic() + 60
    while not moment.is_over() and time.monotonic() < end:
        sum(range(1000))
    with pytest.raises(OutOfTime):
        moment.check()
    assert wait_until_over(Moment(LONG, 0.01))


def test_who_has_a_turn_may_take_long_and_others_may_not():
    patience = Patience(0.01, LONG, 1)
    with patience.budget() as first, patience.budget() as second:
        assert not wait_until_over(first, 0.1)
        assert wait_until_over(second)
        first.check()


def test_a_turn_is_given_back():
    patience = Patience(0.01, LONG, 1)
    for _ in range(3):
        with patience.budget() as budget:
            assert not wait_until_over(budget, 0.1)


def test_who_is_quick_takes_nobodys_turn():
    patience = Patience(LONG, LONG, 1)
    with patience.budget() as quick:
        quick.check()
        assert patience.take_turn()
