"""What a message on the socket of a room is."""

import pytest
from jupyter_wove_server.rooms.frames import Kind, changes_nothing, kind_of
from pycrdt import Doc, Text, create_sync_message, create_update_message


def change():
    doc = Doc()
    text = doc.get("source", type=Text)
    text += "x" * 300  # so that its length takes two bytes
    return create_update_message(doc.get_update())


def test_messages_are_told_apart():
    assert kind_of(create_sync_message(Doc())) is Kind.QUESTION
    assert kind_of(change()) is Kind.CHANGE
    assert kind_of(b"\x00\x01\x02\x00\x00") is Kind.CHANGE
    assert kind_of(b"\x01\x01\x00") is Kind.PRESENCE
    assert kind_of(b"\x02\x04save\x01") is Kind.OTHER


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x00",
        b"\x00\x02",
        b"\x00\x02\x05abc",
        b"\x00\x02\x01abc",
        b"\x00\x03\x01a",
        b"\x00\x02" + b"\xff" * 1000,
        b"\x01",
        b"\x01\x02a",
    ],
)
def test_what_is_cut_or_too_long_or_unknown_is_no_message(message):
    assert kind_of(message) is Kind.MALFORMED


def test_an_answer_without_content_changes_nothing():
    assert changes_nothing(b"\x00\x01\x02\x00\x00")
    assert not changes_nothing(change())
