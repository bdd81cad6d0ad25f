"""A request that is sent twice is done once."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Conflict, InvalidRequest
from jupyter_wove.kit.events import Event
from jupyter_wove.kit.idempotency import (
    IdempotencyRow,
    KeyedRequest,
    Reply,
    forget,
    recall,
    remember,
)
from jupyter_wove.kit.lifelines import Lifeline
from jupyter_wove.kit.outbox import OutboxRow

SOMEBODY, ANOTHER = UUID(int=1), UUID(int=2)
CREATED = Reply(201, b'{"id": 1}', {"Location": "/things/1"})


class ThingMade(Event, frozen=True):
    pass


@pytest.fixture
def lifeline(tmp_path):
    lifeline = Lifeline(tmp_path / "processes")
    yield lifeline
    lifeline.close()


@pytest.fixture
def make(units, listeners, lifeline):
    """Do as the transport does: recall, or do it and remember."""
    listeners.consumer("count", ThingMade)

    def make(request, reply=CREATED):
        with units.write() as unit:
            known = recall(unit, request, lifeline)
            if known:
                return known
            unit.emit(ThingMade())
            if isinstance(reply, Exception):
                raise reply
            remember(unit, request, reply)
            return reply

    return make


@pytest.fixture
def made(database):
    def made():
        with database.read() as session:
            return session.scalar(select(func.count()).select_from(OutboxRow))

    return made


def request(key="k", actor=SOMEBODY, operation="Things.make", body=b"{}"):
    return KeyedRequest.of(actor, key, operation, body)


def test_the_second_time_the_stored_reply_is_given(make, made):
    make(request())
    assert make(request(), Reply(500, b"", {})) == CREATED
    assert made() == 1


def test_another_key_is_another_request(make, made):
    make(request("a"))
    make(request("b"))
    assert made() == 2


def test_another_actor_may_use_the_same_key(make, made):
    make(request())
    make(request(actor=ANOTHER), Reply(200, b"theirs", {}))
    assert make(request()) == CREATED
    assert made() == 2


@pytest.mark.parametrize(
    "other", [request(body=b"{} "), request(operation="Things.break")], ids=["body", "operation"]
)
def test_the_key_of_another_request_is_refused(make, made, other):
    make(request())
    with pytest.raises(InvalidRequest, match="another request"):
        make(other)
    assert made() == 1


def test_the_parts_of_a_request_are_not_mixed_up():
    first = KeyedRequest.of(SOMEBODY, "k", "o", b"ab", b"c")
    assert first != KeyedRequest.of(SOMEBODY, "k", "o", b"a", b"bc")


def test_a_request_that_failed_may_be_sent_again(make, made):
    with pytest.raises(ZeroDivisionError):
        make(request(), ZeroDivisionError())
    assert make(request()) == CREATED
    assert made() == 1


def test_a_reply_is_forgotten_after_a_day(make, made, database):
    make(request())
    with database.write() as session:
        session.execute(update(IdempotencyRow).values(at=now() - timedelta(hours=25)))
    make(request("another"))
    with database.read() as session:
        assert session.scalars(select(IdempotencyRow.key)).all() == ["another"]
    make(request())
    assert made() == 3


def test_a_request_in_flight_is_not_started_again(units, lifeline):
    with units.write() as unit:
        assert recall(unit, request(), lifeline) is None
    with units.write() as unit, pytest.raises(Conflict, match="at this moment"):
        recall(unit, request(), lifeline)


def test_a_claim_can_be_given_back(units, lifeline):
    with units.write() as unit:
        recall(unit, request(), lifeline)
    with units.write() as unit:
        forget(unit, request())
    with units.write() as unit:
        assert recall(unit, request(), lifeline) is None


def test_a_reply_cannot_be_given_back(make, units):
    make(request())
    with units.write() as unit:
        forget(unit, request())
    assert make(request(), Reply(500, b"", {})) == CREATED


def test_a_claim_that_nobody_can_know_about_runs_out(units, database, lifeline):
    with units.write() as unit:
        recall(unit, request(), lifeline)
    with database.write() as session:
        values = {"at": now() - timedelta(minutes=11), "claimed_by": "another-machine-1"}
        session.execute(update(IdempotencyRow).values(values))
    with units.write() as unit:
        assert recall(unit, request(), lifeline) is None


@pytest.fixture
def killed_process(run_python, database_url, tmp_path):
    """A process that claims a request, perhaps stores something, and is gone then."""

    def run(*, changed):
        run_python(
            """
            import os, sys
            from pathlib import Path
            from jupyter_wove.kit.database import Database
            from jupyter_wove.kit.events import Listeners
            from jupyter_wove.kit.idempotency import note_change, recall
            from jupyter_wove.kit.lifelines import Lifeline
            from jupyter_wove.kit.units import Units
            from tests.unit.kit.test_idempotency import request
            url, folder, changed = sys.argv[1:]
            units = Units(Database(url), Listeners(), lambda: None)
            lifeline = Lifeline(Path(folder))
            with units.write() as unit:
                assert recall(unit, request(), lifeline) is None
            with units.write() as unit:
                if changed == "True":
                    note_change(unit.session, request())
            os._exit(0)
            """,
            database_url,
            tmp_path / "processes",
            changed,
        )

    return run


def test_what_a_killed_process_had_claimed_is_done_at_once(make, made, killed_process):
    killed_process(changed=False)
    assert make(request()) == CREATED
    assert made() == 1


def test_what_a_killed_process_had_stored_is_not_done_again(make, made, killed_process):
    killed_process(changed=True)
    for _ in range(2):
        with pytest.raises(Conflict, match="after it had stored something"):
            make(request())
    assert made() == 0


def test_of_many_at_the_same_time_one_is_done(make, made):
    together, replies = threading.Barrier(8), []

    def send():
        together.wait()
        try:
            replies.append(make(request()))
        except Conflict as error:
            replies.append(error)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made() == 1
    assert CREATED in replies
    assert all(reply == CREATED or isinstance(reply, Conflict) for reply in replies)


@pytest.mark.parametrize("key", ["", "k" * 201, "é", "a\nb", "a\x00"])
def test_a_key_is_short_and_plain(key):
    with pytest.raises(InvalidRequest, match="Idempotency-Key"):
        request(key)
