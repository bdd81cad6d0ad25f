"""Thousands of rows are asked for by their ids at once, on either database."""

import uuid

from sqlalchemy import insert, select

from jupyter_wove.accounts import PersonRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.crowds import among, as_kept, written


def people(database, count):
    ids = [uuid.uuid4() for _ in range(count)]
    rows = [
        {"id": id_, "handle": f"p{n}", "name": f"P {n}", "bio": "", "joined": now()}
        for n, id_ in enumerate(ids)
    ]
    with database.write() as session:
        session.execute(insert(PersonRow), rows)
    return ids


def test_those_that_are_named_are_found_and_written_as_usual(database):
    ids = people(database, 5_000)
    asked = {str(each) for each in ids[:4_000]} | {str(uuid.uuid4())}
    with database.read() as session:
        named = select(as_kept(PersonRow.id)).where(among(session, PersonRow.id, asked))
        found = [written(id_) for id_ in session.scalars(named)]
    assert sorted(found) == sorted(map(str, ids[:4_000]))


def test_of_nobody_nothing_is_found(database):
    people(database, 3)
    with database.read() as session:
        nobody = select(PersonRow.id).where(among(session, PersonRow.id, []))
        assert list(session.scalars(nobody)) == []
