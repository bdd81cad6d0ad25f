"""The log of a room: what was stored is there once, in order, under one epoch."""

import pytest
from pycrdt import Doc, Text

from jupyter_wove.kit.errors import Conflict


@pytest.fixture
def rooms(wove):
    return wove.rooms


class Typist:
    """Somebody who types into a document, and knows what to send of it."""

    def __init__(self):
        self.doc = Doc()
        self.text = self.doc.get("source", type=Text)

    def type(self, words):
        before = self.doc.get_state()
        self.text += words
        return self.doc.get_update(before)


def read(history):
    doc = Doc()
    for update in history.updates:
        doc.apply_update(update)
    return str(doc.get("source", type=Text))


def test_a_room_that_nobody_was_in_has_no_history(rooms):
    assert rooms.history("notebook:1") is None


def test_what_was_typed_is_read_again(rooms):
    ann = Typist()
    epoch = rooms.keep("notebook:1", None, [ann.type("Hello "), ann.type("world")]).epoch
    assert rooms.keep("notebook:1", epoch, [ann.type("!")]).epoch == epoch
    history = rooms.history("notebook:1")
    assert (read(history), history.epoch) == ("Hello world!", epoch)


def test_rooms_are_kept_apart(rooms):
    rooms.keep("notebook:1", None, [Typist().type("one")])
    rooms.keep("notebook:2", None, [Typist().type("two")])
    assert read(rooms.history("notebook:1")) == "one"


def test_what_belongs_to_another_history_is_not_mixed_in(rooms):
    epoch = rooms.keep("notebook:1", None, [Typist().type("old")]).epoch
    rooms.forget("notebook:1")
    rooms.keep("notebook:1", None, [Typist().type("new")])
    with pytest.raises(Conflict):
        rooms.keep("notebook:1", epoch, [Typist().type("late")])
    assert read(rooms.history("notebook:1")) == "new"


def test_what_belongs_to_a_history_that_is_gone_does_not_begin_one(rooms):
    epoch = rooms.keep("notebook:1", None, [Typist().type("old")]).epoch
    rooms.forget("notebook:1")
    with pytest.raises(Conflict):
        rooms.keep("notebook:1", epoch, [Typist().type("late")])
    assert rooms.history("notebook:1") is None


def test_a_log_is_summed_up_and_goes_on(rooms):
    ann = Typist()
    epoch = rooms.keep("notebook:1", None, [ann.type("a")]).epoch
    for letter in "bcd":
        rooms.keep("notebook:1", epoch, [ann.type(letter)])
    assert rooms.sum_up("notebook:1") == 4
    assert len(rooms.history("notebook:1").updates) == 1
    rooms.keep("notebook:1", epoch, [ann.type("e")])
    assert read(rooms.history("notebook:1")) == "abcde"
    assert rooms.history("notebook:1").epoch == epoch


def test_a_short_log_is_left_as_it_is(rooms):
    rooms.keep("notebook:1", None, [Typist().type("a")])
    assert rooms.sum_up("notebook:1", least=2) == 0
    assert rooms.sum_up("nowhere") == 0


def test_of_what_was_deleted_the_sum_keeps_nothing(rooms):
    ann = Typist()
    epoch = rooms.keep("notebook:1", None, [ann.type("secret " * 1000)]).epoch
    before = ann.doc.get_state()
    ann.text.clear()
    rooms.keep("notebook:1", epoch, [ann.doc.get_update(before)])
    rooms.sum_up("notebook:1")
    (state,) = rooms.history("notebook:1").updates
    assert b"secret" not in state


def test_the_log_knows_whether_a_file_holds_all_of_it(rooms):
    ann = Typist()
    kept = rooms.keep("notebook:1", None, [ann.type("saved ")])
    rooms.written("notebook:1", "first", kept.position)
    assert rooms.history("notebook:1").current == {"first"}
    rooms.keep("notebook:1", kept.epoch, [ann.type("and more")])
    history = rooms.history("notebook:1")
    assert (history.current, history.behind) == (frozenset(), {"first"})


def test_a_file_that_was_being_written_is_known_too(rooms):
    ann = Typist()
    kept = rooms.keep("notebook:1", None, [ann.type("saved ")])
    rooms.written("notebook:1", "first", kept.position)
    more = rooms.keep("notebook:1", kept.epoch, [ann.type("and more")])
    rooms.writing("notebook:1", "second", more.position)
    history = rooms.history("notebook:1")
    assert (history.current, history.behind) == ({"second"}, {"first"})


def test_a_file_was_made_from_what_the_log_said_then(rooms):
    ann = Typist()
    kept = rooms.keep("notebook:1", None, [ann.type("saved ")])
    rooms.written("notebook:1", "first", kept.position)
    rooms.keep("notebook:1", kept.epoch, [ann.type("and more")])
    assert [read_state(base) for base in rooms.bases("notebook:1")] == ["saved "]


def test_summing_up_leaves_what_a_file_was_made_from(rooms):
    ann = Typist()
    kept = rooms.keep("notebook:1", None, [ann.type("saved ")])
    rooms.written("notebook:1", "first", kept.position)
    for word in ("and ", "some ", "more"):
        rooms.keep("notebook:1", kept.epoch, [ann.type(word)])
    assert rooms.sum_up("notebook:1") == 4
    history = rooms.history("notebook:1")
    assert (len(history.updates), read(history)) == (2, "saved and some more")
    assert [read_state(base) for base in rooms.bases("notebook:1")] == ["saved "]


def test_a_file_that_was_taken_in_is_not_taken_in_again(rooms):
    ann = Typist()
    kept = rooms.keep("notebook:1", None, [ann.type("saved ")])
    rooms.written("notebook:1", "first", kept.position)
    rooms.merge("notebook:1", kept.epoch, ann.type("by hand"), "by hand")
    assert "by hand" in rooms.history("notebook:1").behind
    assert rooms.bases("notebook:1") == []
    rooms.written("notebook:1", "both", rooms.history("notebook:1").position)
    assert [read_state(base) for base in rooms.bases("notebook:1")] == ["saved by hand"]


def test_the_number_of_an_entry_is_never_used_again(rooms):
    ann = Typist()
    kept = rooms.keep("notebook:1", None, [ann.type("a")])
    more = rooms.keep("notebook:1", kept.epoch, [ann.type("b")])
    rooms.written("notebook:1", "ab", more.position)
    rooms.sum_up("notebook:1")
    later = rooms.keep("notebook:1", kept.epoch, [ann.type("c")])
    assert later.position > more.position


def read_state(state):
    doc = Doc()
    doc.apply_update(state)
    return str(doc.get("source", type=Text))
