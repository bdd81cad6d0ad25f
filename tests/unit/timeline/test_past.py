"""The past of a document: what it held at any moment that is kept, and who worked on it then."""

from datetime import UTC, datetime, timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text, merge_updates
from sqlalchemy import delete, select

from jupyter_wove.app import Wove
from jupyter_wove.collaboration import Rooms
from jupyter_wove.collaboration.past import (
    DISK,
    FILE,
    SERVER,
    CheckpointRow,
    Limits,
    PastRow,
    PastStore,
    fold,
    state_of,
    stretches,
)
from jupyter_wove.collaboration.store import RoomStore
from jupyter_wove.collaboration.tables import RoomUpdateRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import NotFound

ROOM = "file:1"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Typist:
    """Somebody who edits a text, and knows what to send of it."""

    def __init__(self):
        self.doc = Doc()
        self.text = self.doc.get("source", type=Text)

    def edit(self, change):
        sent = []
        subscription = self.doc.observe(lambda event: sent.append(event.update))
        change(self.text)
        self.doc.unobserve(subscription)
        return merge_updates(*sent)

    def type(self, words):
        return self.edit(lambda text: text.insert(len(str(text)), words))


def text_of(state):
    doc = Doc()
    doc.apply_update(state)
    return str(doc.get("source", type=Text))


def entry(number, minutes, *authors, content=b"\0\0"):
    at = NOON + timedelta(minutes=minutes)
    return SimpleNamespace(id=number, at=at, authors=list(authors), content=content)


def grouped(*entries):
    return [(each.first, each.last, each.authors) for each in stretches(entries)]


def test_what_one_person_typed_within_five_minutes_belongs_together():
    found = grouped(entry(1, 0, "ann"), entry(2, 2, "ann"), entry(3, 4.9), entry(4, 5, "ann"))
    assert found == [(1, 3, {"ann"}), (4, 4, {"ann"})]


def test_taking_turns_is_told_apart_from_typing_together():
    together = [entry(1, 0, "ann"), entry(2, 0.1, "bob"), entry(3, 0.2, "ann")]
    assert grouped(*together) == [(1, 3, {"ann", "bob"})]
    in_turn = [entry(1, 0, "ann"), entry(2, 1, "bob"), entry(3, 2, "ann")]
    assert grouped(*in_turn) == [(1, 1, {"ann"}), (2, 2, {"bob"}), (3, 3, {"ann"})]


def test_what_a_program_does_has_an_author_and_what_changes_nothing_has_none():
    doc = Doc()
    state, cells = doc.get("state", type=Map), doc.get("cells", type=Array)
    sent = []
    subscription = doc.observe(lambda event: sent.append(event.update))
    state["dirty"] = True
    cells.append("a cell")
    doc.unobserve(subscription)
    entries = [entry(1, 0, content=sent[0]), entry(2, 10, content=sent[1])]
    folded = fold("notebook", None, stretches(entries))[1]
    assert [each.stretch.authors for each in folded] == [set(), {SERVER}]


def test_a_large_content_that_was_gone_after_minutes_is_not_kept():
    ann = Typist()
    entries = [
        entry(number, number / 100, "ann", content=ann.edit(partial(change, number)))
        for number in range(20)
    ]
    state, [folded] = fold("file", None, stretches(entries))
    assert len(folded.content) < 2 * 100_000
    assert text_of(folded.content) == text_of(state) == "19" * 50_000


def change(number, text):
    text.clear()
    text.insert(0, f"{number:02}" * 50_000)


EDITS = st.tuples(st.integers(0, 400), st.integers(0, 5), st.text("ab\n", max_size=4))


@settings(max_examples=60, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=40), st.data())
def test_replaying_gives_what_the_document_held_at_the_end_of_each_stretch(days, data):
    ann, held, entries = Typist(), {}, []
    for number, (seconds, cut, words) in enumerate(days, 1):
        update = ann.edit(lambda text, cut=cut, words=words: rewrite(text, cut, words))
        before = entries[-1].at if entries else NOON
        entries.append(entry(number, 0, "ann", content=update))
        entries[-1].at = before + timedelta(seconds=seconds)
        held[number] = str(ann.text)
    part = data.draw(st.integers(0, len(entries)))
    state, first = fold("file", None, stretches(entries[:part]))
    _, second = fold("file", state, stretches(entries[part:]))
    folded = first + second
    for count, each in enumerate(folded, 1):
        updates = [one.content for one in folded[:count]]
        assert text_of(state_of(updates)) == held[each.stretch.last]


def rewrite(text, cut, words):
    del text[0 : min(cut, len(str(text)))]
    text.insert(len(str(text)), f"{words}.")


@pytest.fixture
def rooms(wove):
    return wove.rooms


class Book:
    """A document in a room, edited now and then by several people."""

    def __init__(self, rooms):
        self.rooms, self.ann, self.epoch = rooms, Typist(), None
        self.held = {}

    def type(self, words, *authors):
        kept = self.rooms.keep(ROOM, self.epoch, [self.ann.type(words)], authors)
        self.epoch = kept.epoch
        self.held[kept.position] = str(self.ann.text)
        return kept.position

    def minutes_later(self, database, minutes):
        """Have all that was typed until now be older."""
        with database.write() as session:
            for row in session.scalars(select(RoomUpdateRow)):
                row.at -= timedelta(minutes=minutes)
            for row in session.scalars(select(PastRow)):
                row.began -= timedelta(minutes=minutes)
                row.ended -= timedelta(minutes=minutes)


@pytest.fixture
def book(rooms):
    return Book(rooms)


def past(wove, look):
    with wove.units.read() as unit:
        return look(PastStore(unit.session))


def text_at(wove, position):
    state = past(wove, lambda kept: kept.state(ROOM, position))
    return None if state is None else text_of(state)


def test_what_was_summed_up_stays_readable_with_its_authors(wove, rooms, book):
    for words, author in (("Begun.", ()), (" On.", ("ann",)), (" More.", ("bob",))):
        book.type(words, *author)
        book.minutes_later(wove.database, 1)
    rooms.sum_up(ROOM)
    last = book.type(" Now.", "ann")
    found = {at: text_at(wove, at) for at in book.held}
    assert found == book.held | {last: None}
    rows = past(wove, lambda kept: [row.authors for row in kept.rows(ROOM)])
    assert rows == [["bob"], ["ann"], [FILE]]


def test_the_past_survives_a_restart(wove, rooms, book, tmp_path, database_url):
    first = book.type("Begun.", "ann")
    book.minutes_later(wove.database, 6)
    book.type(" On.", "ann")
    rooms.sum_up(ROOM)
    wove.close()
    again = Wove(database_url, tmp_path / "data", tmp_path / "root", "Grace Hopper")
    try:
        assert text_at(again, first) == "Begun."
    finally:
        again.close()


def test_what_was_changed_on_disk_says_so(wove, rooms, book):
    book.type("Begun.", "ann")
    book.minutes_later(wove.database, 1)
    rooms.merge(ROOM, book.epoch, book.ann.type(" By git."), "digest")
    rooms.sum_up(ROOM)
    assert past(wove, lambda kept: kept.rows(ROOM)[0].authors) == [DISK]


def test_what_a_file_does_not_hold_yet_stays_a_log_with_its_authors(wove, rooms, book):
    saved = book.type("Begun.", "ann")
    rooms.written(ROOM, "digest", saved)
    for author in ("ann", "bob", "bob"):
        book.minutes_later(wove.database, 1)
        last = book.type(f" {author}", author)
    rooms.sum_up(ROOM)
    with wove.units.read() as unit:
        log = RoomStore(unit.session).log(ROOM)
        assert [entry.authors for entry in log] == [["ann"], ["bob"]]
        assert log[-1].id == last
    assert text_of(state_of(rooms.history(ROOM).updates)) == book.held[last]


def test_what_is_older_than_is_kept_is_folded_to_one_state(wove, book):
    rooms = Rooms(wove.units, Limits(days=1))
    positions = []
    for number in range(4):
        positions.append(book.type(f"{number}.", "ann"))
        rooms.sum_up(ROOM, 1)
        book.minutes_later(wove.database, 10 if number else 2000)
    rooms.tidy()
    rows = past(wove, lambda kept: [(row.last, row.is_start) for row in kept.rows(ROOM)])
    assert rows == [(at, at == positions[0]) for at in reversed(positions)]
    assert [text_at(wove, at) for at in positions] == [book.held[at] for at in positions]


def test_nothing_is_kept_for_no_days(wove, book):
    rooms = Rooms(wove.units, Limits(days=0))
    for words in ("Begun.", " On."):
        book.type(words, "ann")
        rooms.sum_up(ROOM, 1)
    assert past(wove, lambda kept: kept.rows(ROOM)) == []
    assert text_of(state_of(rooms.history(ROOM).updates)) == "Begun. On."


def test_what_undoes_a_restoration_is_kept_for_a_day_and_a_named_moment_for_good(wove, ann, book):
    book.type("Begun.", "ann")
    for name, days in ((None, 2), (None, 0.5), ("Draft", 400)):
        row = CheckpointRow(room=ROOM, person_id=ann.id, epoch=book.epoch, name=name)
        row.at, row.state = now() - timedelta(days=days), state_of([])
        with wove.database.write() as session:
            session.add(row)
    wove.tidy()
    with wove.database.read() as session:
        kept = session.execute(select(CheckpointRow.name).order_by(CheckpointRow.at)).all()
    assert [name for (name,) in kept] == ["Draft", None]


def test_a_past_that_takes_too_much_room_loses_its_oldest_part(wove, book):
    rooms = Rooms(wove.units, Limits(size=30_000))
    positions = []
    for number in range(6):
        book.minutes_later(wove.database, 10)
        positions.append(book.type(f"{number}" * 10_000, "ann"))
        rooms.sum_up(ROOM, 1)
    assert text_at(wove, positions[-2]) == book.held[positions[-2]]
    with pytest.raises(NotFound, match="not kept any more"):
        text_at(wove, positions[1])
    kept = past(wove, lambda kept: sum(row.size for row in kept.rows(ROOM) if not row.is_start))
    assert kept <= 30_000


def test_a_history_that_began_anew_leaves_the_old_one_readable(wove, rooms, book):
    old = book.type("Old.", "ann")
    rooms.forget(ROOM)
    new = Book(rooms)
    later = new.type("New.", "bob")
    rooms.sum_up(ROOM, 1)
    assert (text_at(wove, old), text_at(wove, later)) == ("Old.", "New.")


def test_a_past_that_was_not_kept_begins_with_the_state_of_then(wove, rooms, book):
    """As in a database of a version that kept none."""
    book.type("Old.", "ann")
    rooms.sum_up(ROOM, 1)
    with wove.database.write() as session:
        session.execute(delete(PastRow))
    new = book.type(" New.", "ann")
    rooms.sum_up(ROOM, 1)
    assert text_at(wove, new) == "Old. New."
    assert past(wove, lambda kept: kept.rows(ROOM)[-1].is_start)
    with pytest.raises(NotFound):
        text_at(wove, 0)


def test_a_room_beside_a_document_keeps_no_past(wove, rooms):
    rooms.keep("wove:comments:1", None, [Typist().type("Fine.")])
    rooms.sum_up("wove:comments:1", 1)
    assert past(wove, lambda kept: kept.rows("wove:comments:1")) == []
