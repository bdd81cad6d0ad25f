"""Pages: every row once, in order, whatever is added meanwhile."""

import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import MetaData, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Moment, new_id
from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.kit.paging import cursor, keyset

START = datetime(2026, 1, 1, tzinfo=UTC)


class Base(DeclarativeBase):
    metadata = MetaData()


class Leaf(Base):
    __tablename__ = "leaf"

    id: Mapped[Id]
    grown: Mapped[Moment]
    size: Mapped[int]
    tree: Mapped[str] = mapped_column(String(10))


ORDERS = {
    "newest": [Leaf.grown.desc(), Leaf.id.desc()],
    "oldest": [Leaf.grown, Leaf.id],
    "largest of each tree": [Leaf.tree, Leaf.size.desc(), Leaf.id],
    "smallest, newest first": [Leaf.size.asc(), Leaf.grown.desc(), Leaf.id.desc()],
}


def leaf(day, size, tree):
    return Leaf(id=new_id(), grown=START + timedelta(days=day), size=size, tree=tree)


@pytest.fixture
def leaves(database):
    Base.metadata.create_all(database.engine)
    return database


leaf_values = st.tuples(st.integers(0, 3), st.integers(-2, 2), st.sampled_from("aäZ"))


def pages(database, order, limit, between=lambda: None):
    after = None
    while True:
        with database.read() as session:
            page = keyset(session, select(Leaf), order, after, limit)
        yield page.items
        if (after := page.next) is None:
            return
        between()


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(leaf_values, max_size=12), st.lists(leaf_values, max_size=6), st.integers(1, 5))
def test_walking_the_pages_gives_every_row_once_and_in_order(leaves, order, first, later, limit):
    with leaves.write() as session:
        session.query(Leaf).delete()
        session.add_all(leaf(*values) for values in first)
    with leaves.read() as session:
        there = session.scalars(select(Leaf.id).order_by(*order)).all()
    coming = iter(later)

    def add_one():
        with leaves.write() as session:
            session.add_all(leaf(*values) for values in [next(coming, None)] if values)

    walked = [each.id for items in pages(leaves, order, limit, add_one) for each in items]
    assert [each for each in walked if each in there] == there
    assert len(set(walked)) == len(walked)


def test_the_last_page_has_no_next(leaves):
    with leaves.write() as session:
        session.add_all(leaf(day, 0, "a") for day in range(4))
    assert [len(items) for items in pages(leaves, ORDERS["oldest"], 2)] == [2, 2]


def test_a_page_gives_what_the_statement_selects(leaves):
    with leaves.write() as session:
        session.add_all([leaf(1, 5, "a"), leaf(2, 6, "b")])
    with leaves.read() as session:
        page = keyset(session, select(Leaf.tree, Leaf.size), ORDERS["oldest"], None, 1)
        rest = keyset(session, select(Leaf.tree, Leaf.size), ORDERS["oldest"], page.next, 1)
        trees = keyset(session, select(Leaf.tree), ORDERS["oldest"], None, 10)
    assert page.items + rest.items == [("a", 5), ("b", 6)]
    assert trees.items == ["a", "b"]


def written(values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


SOME_ID = str(UUID(int=1))
BAD = {
    "empty": "",
    "not base64": "%%%",
    "not ASCII": "é",
    "not JSON": base64.urlsafe_b64encode(b"{").decode(),
    "an object": written({"a": 1}),
    "too few values": written(["a", 1]),
    "too many values": written(["a", 1, SOME_ID, 2]),
    "another type": written([1, 1, SOME_ID]),
    "null": written([None, 1, SOME_ID]),
    "a zero byte": written(["a\x00", 1, SOME_ID]),
    "half a character": written(["\ud800", 1, SOME_ID]),
    "an integer over the column": written(["a", 2**31, SOME_ID]),
    "an endless integer": written(["a", 10**400, SOME_ID]),
    "no id": written(["a", 1, "x"]),
    "nested": written([[[]], 1, SOME_ID]),
    "long": "A" * 100_000,
}


@pytest.mark.parametrize("after", BAD.values(), ids=BAD)
def test_a_cursor_that_we_did_not_write_is_refused(leaves, after):
    with leaves.read() as session, pytest.raises(InvalidRequest, match="next"):
        keyset(session, select(Leaf), ORDERS["largest of each tree"], after, 10)


@pytest.mark.parametrize(
    "moment", ["2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", 5]
)
def test_a_moment_that_cannot_be_compared_is_refused(leaves, moment):
    after = written([moment, SOME_ID])
    with leaves.read() as session, pytest.raises(InvalidRequest, match="next"):
        keyset(session, select(Leaf), ORDERS["newest"], after, 10)


@pytest.mark.parametrize("limit", [0, -1, 101, 10**30])
def test_a_page_has_1_to_100_items(leaves, limit):
    with leaves.read() as session, pytest.raises(InvalidRequest, match="1 to 100"):
        keyset(session, select(Leaf), ORDERS["newest"], None, limit)


def test_a_cursor_is_safe_in_an_address():
    assert cursor([START, UUID(int=1), "ä?/+"]).replace("-", "a").replace("_", "a").isalnum()
