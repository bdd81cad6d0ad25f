"""The outbox: what was stored is told, at least once, and nobody waits for a bad event."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import update

from jupyter_wove.kit.columns import now
from jupyter_wove.kit.correlation import caused_by, request_id
from jupyter_wove.kit.events import Event, Listeners
from jupyter_wove.kit.outbox import Outbox, OutboxRow, Waiting


class BellRung(Event, frozen=True):
    number: int


class GreatBellRung(BellRung, frozen=True):
    pass


@pytest.fixture
def listeners():
    listeners = Listeners()
    listeners.consumer("ears", BellRung)
    return listeners


def ring(units, *numbers):
    with units.write() as unit:
        for number in numbers:
            unit.emit(BellRung(number))


def make_due(database):
    with database.write() as session:
        session.execute(update(OutboxRow).values(not_before=now() - timedelta(seconds=1)))


def test_a_consumer_hears_events_in_their_order(units, outbox):
    heard = []
    outbox.on("ears", heard.append)
    ring(units, *range(50))
    assert outbox.drain() == 0
    assert heard == [BellRung(number) for number in range(50)]


def test_a_consumer_of_a_kind_hears_its_subkinds_once(units, outbox, listeners):
    listeners.consumer("ears", GreatBellRung)
    heard = []
    outbox.on("ears", heard.append)
    with units.write() as unit:
        unit.emit(GreatBellRung(1))
    outbox.drain()
    assert heard == [GreatBellRung(1)]


def test_what_was_rolled_back_is_told_to_nobody(units, outbox):
    heard = []
    outbox.on("ears", heard.append)
    with pytest.raises(ZeroDivisionError), units.write() as unit:
        unit.emit(BellRung(1))
        raise ZeroDivisionError
    outbox.drain()
    assert heard == []


def test_a_witness_is_told_inside_the_transaction(units, listeners):
    def refuse(session, event):
        raise ZeroDivisionError

    listeners.witness(BellRung, refuse)
    with pytest.raises(ZeroDivisionError):
        ring(units, 1)
    with units.read() as unit:
        assert unit.session.query(OutboxRow).count() == 0


def test_a_bad_event_does_not_hold_up_the_others(units, outbox):
    heard = []

    def hear(event):
        if event.number == 1:
            raise ValueError("too loud")
        heard.append(event.number)

    outbox.on("ears", hear)
    ring(units, 0, 1, 2)
    assert outbox.drain() == 1
    assert heard == [0, 2]


def test_a_failed_event_is_tried_again_later(units, outbox, database):
    tries = []

    def hear(event):
        tries.append(event)
        if len(tries) == 1:
            raise ValueError("not ready")

    outbox.on("ears", hear)
    ring(units, 7)
    assert outbox.drain() == 1
    make_due(database)
    assert outbox.drain() == 0
    assert tries == [BellRung(7)] * 2


def test_one_consumer_does_not_wait_for_another(units, outbox, listeners):
    listeners.consumer("eyes", BellRung)
    heard = []
    outbox.on("eyes", heard.append)
    ring(units, 1)
    assert outbox.drain() == 1
    assert heard == [BellRung(1)]
    assert outbox.backlog() == {"ears": 1, "eyes": 0}


def test_two_processes_share_the_events(units, outbox, database):
    heard, both = [], threading.Barrier(2)
    boxes = outbox, Outbox(database)
    for box in boxes:
        box.on("ears", lambda event: heard.append(event.number))
    ring(units, *range(100))

    def deliver(box):
        both.wait()
        while box.deliver_once():
            pass

    threads = [threading.Thread(target=deliver, args=[box]) for box in boxes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(heard) == list(range(100))


def test_an_event_whose_process_died_is_told_again_when_its_lease_is_over(units, outbox, database):
    class Killed(BaseException):
        pass

    def die(event):
        raise Killed

    outbox.on("ears", die)
    ring(units, 1)
    with pytest.raises(Killed):
        outbox.deliver_once()
    heard = []
    next_process = Outbox(database)
    next_process.on("ears", heard.append)
    assert next_process.drain() == 1
    make_due(database)
    assert next_process.drain() == 0
    assert heard == [BellRung(1)]


def test_the_thread_delivers_as_soon_as_it_is_woken(units, outbox):
    heard = threading.Event()
    outbox.on("ears", lambda event: heard.set())
    outbox.start()
    ring(units, 1)
    assert heard.wait(10)


def test_what_waits_when_it_stops_is_told_after_the_next_start(units, outbox):
    heard, begun, go = [], threading.Event(), threading.Event()

    def hear(event):
        begun.set()
        assert go.wait(30)
        heard.append(event.number)

    outbox.on("ears", hear)
    ring(units, 0, 1, 2)
    outbox.start()
    assert begun.wait(10)
    stopper = threading.Thread(target=outbox.stop)
    stopper.start()
    while outbox.delivers():
        time.sleep(0.01)
    go.set()
    stopper.join()
    assert heard == [0]
    outbox.start()
    assert outbox.drain() == 0
    assert heard == [0, 1, 2]


def test_of_each_consumer_is_told_what_waits_and_since_when(units, outbox, database, listeners):
    listeners.consumer("eyes", BellRung)
    outbox.on("ears", lambda event: None)
    outbox.on("eyes", lambda event: None)
    assert outbox.waiting() == {"ears": Waiting(), "eyes": Waiting()}
    ring(units, 1, 2)
    with database.write() as session:
        older = update(OutboxRow).where(OutboxRow.consumer == "ears")
        session.execute(older.values(at=now() - timedelta(minutes=5)))
    ears, eyes = outbox.waiting()["ears"], outbox.waiting()["eyes"]
    assert (ears.events, eyes.events) == (2, 2)
    assert 300 <= ears.lag < 310
    assert 0 <= eyes.lag < 10


def test_why_an_event_was_not_dealt_with_is_told_until_one_was(units, outbox, database):
    reasons = ["too loud", "", None]

    def hear(event):
        if (reason := reasons.pop(0)) is not None:
            raise ValueError(reason)

    outbox.on("ears", hear)
    ring(units, 1)
    for failure, tries in (("too loud", 1), ("ValueError", 2)):
        make_due(database)
        outbox.drain()
        assert outbox.waiting()["ears"][2:] == (tries, failure)
    make_due(database)
    outbox.drain()
    assert outbox.waiting() == {"ears": Waiting()}


def test_an_event_carries_the_request_that_caused_it(units, outbox):
    seen = []
    outbox.on("ears", lambda event: seen.append(request_id.get()))
    with caused_by("r-1"):
        ring(units, 1)
    outbox.drain()
    assert seen == ["r-1"]


def test_two_kinds_of_events_cannot_share_a_name():
    with pytest.raises(TypeError, match="BellRung"):
        type("BellRung", (Event,), {"__module__": "elsewhere"}, frozen=True)
