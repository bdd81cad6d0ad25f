"""Long work stands back while somebody asks."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from jupyter_wove.kit import turns

LONG = 30.0  # seconds; nobody waits for so long


@pytest.fixture
def worker(monkeypatch):
    """A thread that would wait for long."""
    monkeypatch.setattr(turns, "PATIENCE", LONG)
    with ThreadPoolExecutor(1) as threads:
        yield threads


def test_where_nobody_asks_nobody_waits(worker):
    worker.submit(turns.stand_back).result(LONG / 2)


def test_work_waits_until_the_last_has_asked(worker):
    begun = threading.Event()

    def work():
        begun.set()
        turns.stand_back()

    with turns.asking():
        with turns.asking():
            working = worker.submit(work)
            begun.wait(LONG)
        assert not working.done()
    working.result(LONG / 2)


def test_work_goes_on_where_somebody_asks_all_the_time(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    with turns.asking():
        turns.stand_back()


def test_who_fails_asks_no_more(worker):
    with pytest.raises(ZeroDivisionError), turns.asking():
        raise ZeroDivisionError
    worker.submit(turns.stand_back).result(LONG / 2)
