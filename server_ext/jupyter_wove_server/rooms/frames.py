"""What goes over the socket of a room: what a message is, and those that Wove adds to Yjs' own."""

import struct
from enum import Enum
from typing import Any

import msgspec
from pycrdt import YMessageType, YSyncMessageType, write_message, write_var_uint

STORED, WELCOME, REFUSED, NOTICE = 100, 101, 102, 103
REPLACED = 4410  # closed, for the history that the client has is not the one of the room
CHANGED_ROLE = 4403  # closed, for the person may do something else here now
MALFORMED = 1007
NOTHING = b"\x00\x00"  # an update without a change
LONGEST_NUMBER = 5  # bytes of a length


class Kind(Enum):
    """What a message is about."""

    QUESTION = "what is there that I have not"
    CHANGE = "a change of the document"
    PRESENCE = "who is there"
    OTHER = "a wish, like to save"
    MALFORMED = "nothing that Yjs says"


def kind_of(message: bytes) -> Kind:
    """Tell what a message is, without a look at its content."""
    if not message:
        return Kind.MALFORMED
    if message[0] == YMessageType.SYNC:
        return _sync_kind(message)
    if message[0] == YMessageType.AWARENESS:
        return Kind.PRESENCE if content(message, 1) is not None else Kind.MALFORMED
    return Kind.OTHER


def content(message: bytes, start: int) -> bytes | None:
    """Read bytes that stand behind their length; None where the message has not that many."""
    length = 0
    for place in range(LONGEST_NUMBER):
        if start + place >= len(message):
            return None
        byte = message[start + place]
        length |= (byte & 127) << (7 * place)
        if byte < 128:  # noqa: PLR2004 — the last byte of a number
            begin = start + place + 1
            return message[begin:] if begin + length == len(message) else None
    return None


def changes_nothing(message: bytes) -> bool:
    """Tell whether a change says that there is none."""
    return content(message, 2) == NOTHING


def welcome(epoch: str, role: str) -> bytes:
    """Say which history this is, and what the person may do."""
    return _json(WELCOME, {"epoch": epoch, "role": role})


def refused(detail: str) -> bytes:
    """Say why a change was not taken."""
    return _json(REFUSED, {"detail": detail})


def notice(detail: str) -> bytes:
    """Tell the people in a room what happened to their document."""
    return _json(NOTICE, {"detail": detail})


def on_the_wire(message: bytes) -> bytes:
    """Frame a binary message as a server sends it (RFC 6455, 5.2): once, for everybody."""
    length = len(message)
    if length < 126:  # noqa: PLR2004 — what fits into seven bits beside two marks
        head = struct.pack("!BB", 0x82, length)
    elif length < 1 << 16:
        head = struct.pack("!BBH", 0x82, 126, length)
    else:
        head = struct.pack("!BBQ", 0x82, 127, length)
    return head + message


def stored(state: bytes, frames: int) -> bytes:
    """Say what is on disk: a state vector, and how many changes of this connection."""
    return write_var_uint(STORED) + write_message(state) + write_var_uint(frames)


def _sync_kind(message: bytes) -> Kind:
    if content(message, 2) is None:
        return Kind.MALFORMED
    if message[1] == YSyncMessageType.SYNC_STEP1:
        return Kind.QUESTION
    changes = (YSyncMessageType.SYNC_STEP2, YSyncMessageType.SYNC_UPDATE)
    return Kind.CHANGE if message[1] in changes else Kind.MALFORMED


def _json(kind: int, said: dict[str, Any]) -> bytes:
    return write_var_uint(kind) + write_message(msgspec.json.encode(said))
