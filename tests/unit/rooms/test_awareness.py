"""Clients send back what they hear of who is there; a room passes only news on."""

import pytest
from jupyter_wove_server.rooms.awareness import forget, tells_nothing_new, who_is_there, who_speaks
from pycrdt import Awareness, Doc, create_awareness_message, read_message


def said(awareness, *clients):
    return create_awareness_message(awareness.encode_awareness_update(list(clients)))


def heard(message, room):
    room.apply_awareness_update(read_message(message[1:]), "socket")


def person():
    awareness = Awareness(Doc())
    awareness.set_local_state({"cursor": 1})
    return awareness, awareness.client_id


def test_what_the_room_never_heard_is_news():
    ann, client = person()
    assert not tells_nothing_new(said(ann, client), Awareness(Doc()))


def test_what_comes_back_is_no_news():
    ann, client = person()
    room = Awareness(Doc())
    heard(said(ann, client), room)
    assert tells_nothing_new(said(room, client), room)


def test_a_cursor_that_moved_is_news():
    ann, client = person()
    room = Awareness(Doc())
    heard(said(ann, client), room)
    ann.set_local_state({"cursor": 2})
    assert not tells_nothing_new(said(ann, client), room)


def test_one_piece_of_news_among_old_ones_is_enough():
    ann, anns = person()
    bob, bobs = person()
    room = Awareness(Doc())
    heard(said(ann, anns), room)
    heard(said(bob, bobs), room)
    bob.set_local_state({"cursor": 2})
    heard(said(bob, bobs), ann)
    assert not tells_nothing_new(said(ann, anns, bobs), room)


def test_that_somebody_leaves_is_news_once():
    ann, client = person()
    room = Awareness(Doc())
    heard(said(ann, client), room)
    ann.set_local_state(None)
    gone = said(ann, client)
    assert not tells_nothing_new(gone, room)
    heard(gone, room)
    assert tells_nothing_new(gone, room)


def test_a_newcomer_is_told_of_all_who_are_there():
    room, newcomer = Awareness(Doc()), Awareness(Doc())
    people = [person() for _ in range(3)]
    for awareness, client in people:
        heard(said(awareness, client), room)
    heard(who_is_there(room), newcomer)
    assert all(newcomer.states[client] == {"cursor": 1} for _, client in people)


def test_who_comes_first_is_told_of_nobody():
    newcomer = Awareness(Doc())
    heard(who_is_there(Awareness(Doc())), newcomer)
    assert set(newcomer.states) <= {newcomer.client_id}


def test_who_left_is_gone_for_everybody():
    room, other = Awareness(Doc()), Awareness(Doc())
    ann, client = person()
    for each in (room, other):
        heard(said(ann, client), each)
    heard(forget(client, room), other)
    assert client not in room.states
    assert client not in other.states


def test_the_first_message_of_a_tab_says_which_it_is():
    ann, client = person()
    assert who_speaks(said(ann, client)) == client


@pytest.mark.parametrize("payload", [b"", b"\x00", b"\x01", b"\x01\xff"])
def test_a_message_about_nobody_names_nobody(payload):
    assert who_speaks(bytes([1, len(payload)]) + payload) is None
