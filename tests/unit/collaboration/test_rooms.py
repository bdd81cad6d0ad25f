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
    epoch = rooms.keep("notebook:1", None, [ann.type("Hello "), ann.type("world")])
    assert rooms.keep("notebook:1", epoch, [ann.type("!")]) == epoch
    history = rooms.history("notebook:1")
    assert (read(history), history.epoch) == ("Hello world!", epoch)


def test_rooms_are_kept_apart(rooms):
    rooms.keep("notebook:1", None, [Typist().type("one")])
    rooms.keep("notebook:2", None, [Typist().type("two")])
    assert read(rooms.history("notebook:1")) == "one"


def test_what_belongs_to_another_history_is_not_mixed_in(rooms):
    epoch = rooms.keep("notebook:1", None, [Typist().type("old")])
    rooms.forget("notebook:1")
    rooms.keep("notebook:1", None, [Typist().type("new")])
    with pytest.raises(Conflict):
        rooms.keep("notebook:1", epoch, [Typist().type("late")])
    assert read(rooms.history("notebook:1")) == "new"


def test_what_belongs_to_a_history_that_is_gone_does_not_begin_one(rooms):
    epoch = rooms.keep("notebook:1", None, [Typist().type("old")])
    rooms.forget("notebook:1")
    with pytest.raises(Conflict):
        rooms.keep("notebook:1", epoch, [Typist().type("late")])
    assert rooms.history("notebook:1") is None


def test_a_log_is_summed_up_and_goes_on(rooms):
    ann = Typist()
    epoch = rooms.keep("notebook:1", None, [ann.type("a")])
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
    epoch = rooms.keep("notebook:1", None, [ann.type("secret " * 1000)])
    before = ann.doc.get_state()
    ann.text.clear()
    rooms.keep("notebook:1", epoch, [ann.doc.get_update(before)])
    rooms.sum_up("notebook:1")
    (state,) = rooms.history("notebook:1").updates
    assert b"secret" not in state
