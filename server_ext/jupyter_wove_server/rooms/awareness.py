"""Who is there: which messages about it say something new, and what a newcomer is told.

Clients send back every change that they receive, and the room passes each on to all: one move of
a cursor would cost as many messages as there are pairs of people.
"""

from contextlib import suppress

from pycrdt import Awareness, Decoder, create_awareness_message, read_message


def tells_nothing_new(message: bytes, awareness: Awareness) -> bool:
    """Tell whether everything in a message about who is there is known already."""
    decoder = Decoder(read_message(message[1:]))
    return all(_is_known(decoder, awareness) for _ in range(decoder.read_var_uint()))


def _is_known(decoder: Decoder, awareness: Awareness) -> bool:
    client, clock, state = (
        decoder.read_var_uint(),
        decoder.read_var_uint(),
        decoder.read_var_string(),
    )
    known = awareness.meta.get(client)
    if known is None or known["clock"] < clock:
        return False
    leaves = state == "null" and client in awareness.states
    return not (leaves and known["clock"] == clock)


def who_is_there(awareness: Awareness) -> bytes:
    """Make the message that tells a newcomer of all who are there already."""
    present = [client for client in awareness.states if client != awareness.client_id]
    return create_awareness_message(awareness.encode_awareness_update(present))


def who_speaks(message: bytes) -> int | None:
    """Tell which client a message is about first; None where it is about nobody."""
    decoder = Decoder(read_message(message[1:]))
    with suppress(RuntimeError, IndexError):  # somebody else made these bytes
        if decoder.read_var_uint():
            return decoder.read_var_uint()
    return None


def forget(client: int, awareness: Awareness) -> bytes:
    """Forget a client who is there; make the message that tells the others."""
    awareness.remove_awareness_states([client], "left")
    return create_awareness_message(awareness.encode_awareness_update([client]))
