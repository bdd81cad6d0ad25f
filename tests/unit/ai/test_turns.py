"""A message is answered once, however many servers have its chat open."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import update

from jupyter_wove.ai import forget_turns, take_turn
from jupyter_wove.ai.turns.tables import TurnRow
from jupyter_wove.kit.columns import now


def test_of_many_servers_one_takes_the_turn(desk):
    person = desk.caller.person_id
    with ThreadPoolExecutor(20) as threads:
        took = list(threads.map(lambda _: take_turn(desk.units, "c", "m", person), range(40)))
    assert sum(took) == 1
    assert take_turn(desk.units, "c", "other", person)
    assert take_turn(desk.units, "another", "m", person)


def test_turns_are_forgotten_once_their_messages_cannot_come_again(desk):
    person = desk.caller.person_id
    assert take_turn(desk.units, "old", "m", person)
    with desk.units.write() as unit:
        unit.session.execute(update(TurnRow).values(at=now() - timedelta(days=31)))
    assert take_turn(desk.units, "new", "m", person)
    forget_turns(desk.units)
    assert take_turn(desk.units, "old", "m", person)
    assert not take_turn(desk.units, "new", "m", person)
