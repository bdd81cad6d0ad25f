"""One file of code, and what is said to it."""

import sqlite3
import zlib
from collections.abc import Iterable
from hashlib import sha256
from typing import ClassVar, NamedTuple

import msgspec

from jupyter_wove.search.engines import Document, Part
from jupyter_wove.search.engines.bodies import Body, Segment, body
from jupyter_wove.search.engines.embedded.code import schema
from jupyter_wove.search.engines.embedded.connections import Layout
from jupyter_wove.search.engines.embedded.generation import Generation

_Segments = list[Segment]


class Packed(NamedTuple):
    """A file, ready to be kept."""

    digest: bytes
    text: str
    packed: bytes
    segments: bytes
    whole: bool
    langs: str


class Code(Generation):
    """An index of code from one rebuild to the next."""

    layout: ClassVar = Layout("code", schema.VERSION, schema.CREATE)

    def prepared(self, part: Part, documents: Iterable[Document]) -> Packed | None:
        """Pack the text of a file; None where it has none."""
        if not part.path:
            return None
        found = body(documents)
        if not found.text:
            return None
        segments = msgspec.json.encode(found.segments)
        digest = sha256(b"%d\n%b\n%b" % (found.whole, segments, found.text)).digest()
        text, packed = found.text.decode(), zlib.compress(found.text)
        return Packed(digest, text, packed, segments, found.whole, " ")

    def keep(
        self, connection: sqlite3.Connection, number: int, part: Part, prepared: Packed | None
    ) -> None:
        """Keep a file, and its text where nobody has had it yet."""
        if prepared is None:
            return
        known = connection.execute(schema.KNOWN, (prepared.digest,)).fetchone()
        text = known[0] if known else _added(connection, prepared)
        connection.execute(schema.ADD_FILE, (number, text, prepared.langs))

    def forget(self, connection: sqlite3.Connection, number: int, part: Part) -> None:
        """Forget a file, and its text when nobody has it any more."""
        for (text,) in connection.execute(schema.FORGET_FILE, (number,)).fetchall():
            if connection.execute(schema.IS_HELD, (text,)).fetchone() is None:
                packed = connection.execute(schema.TEXT, (text,)).fetchone()[0]
                words = zlib.decompress(packed).decode()
                connection.execute(schema.FORGET_TRIGRAMS, (text, words))
                connection.execute(schema.FORGET_TEXT, (text,))


def unpacked(packed: bytes, segments: str, whole: int) -> Body:
    """Read a body as it was before it was packed."""
    read = msgspec.json.decode(segments, type=_Segments)
    return Body(zlib.decompress(packed), read, bool(whole))


def _added(connection: sqlite3.Connection, each: Packed) -> int:
    row = (each.digest, each.packed, each.segments.decode(), each.whole)
    (text,) = connection.execute(schema.ADD_TEXT, row).fetchone()
    connection.execute(schema.ADD_TRIGRAMS, (text, each.text))
    return int(text)
