"""Messages to a room that are nearly right, from a seed."""

import random

from pycrdt import Doc, Text, create_update_message, write_var_uint


def changes(seed, state, count):
    """Make messages that look like changes of a document; some are, most are broken inside."""
    chance = random.Random(seed)
    good = _change(state)
    for number in range(count):
        body = bytearray(good)
        if number % 10:
            for _ in range(chance.randint(1, 6)):
                body[chance.randrange(len(body))] = chance.randrange(256)
        yield bytes([0, chance.choice([1, 2])]) + write_var_uint(len(body)) + bytes(body)


def scraps(seed, count):
    """Make bytes that are no messages: cut, too long, of no known kind."""
    chance = random.Random(seed)
    for _ in range(count):
        kind = chance.choice([b"\x00", b"\x00\x01", b"\x00\x02", b"\x00\x09", b"\x01"])
        yield kind + write_var_uint(chance.randint(70, 2**40)) + chance.randbytes(60)


def _change(state):
    doc = Doc()
    doc.apply_update(state)
    before = doc.get_state()
    text = doc.get("source", type=Text)
    text += "Written by somebody who may not."
    message = create_update_message(doc.get_update(before))
    return message[3:]  # without its head: what it is, and its length
