"""One file of code, and what is said to it."""

import sqlite3
import zlib
from collections.abc import Callable, Iterable
from typing import ClassVar, NamedTuple

from jupyter_wove.search.engines import Document, Part, State
from jupyter_wove.search.engines.embedded.code import schema
from jupyter_wove.search.engines.embedded.code.packing import File, Packed, file, packed
from jupyter_wove.search.engines.embedded.connections import Layout
from jupyter_wove.search.engines.embedded.generation import Generation


class Prepared(NamedTuple):
    """A file, with its text packed already where it seems to be new."""

    file: File
    packed: Packed | None
    pack: Callable[[], Packed]


class Code(Generation):
    """An index of code from one rebuild to the next."""

    layout: ClassVar = Layout("code", schema.VERSION, schema.CREATE)

    def prepared(self, part: Part, documents: Iterable[Document]) -> Prepared | None:
        """Pack the text of a file that is new; None where there is none."""
        read = list(documents)
        found = file(part, read)
        if found is None:
            return None

        def pack() -> Packed:
            return packed(read, found, part.path)

        with self.connections.read() as connection:
            is_known = _known(connection, found) is not None
        return Prepared(found, None if is_known else pack(), pack)

    def keep(
        self, connection: sqlite3.Connection, number: int, part: Part, prepared: Prepared | None
    ) -> None:
        """Keep a file, and its text where nobody has had it yet."""
        if prepared is None:
            return
        text = _known(connection, prepared.file)
        if text is None:
            text = _added(connection, prepared.file, prepared.packed or prepared.pack())
        connection.execute(schema.ADD_FILE, (number, text, prepared.file.langs))

    def forget(self, connection: sqlite3.Connection, number: int, part: Part) -> None:
        """Forget a file, and its text when nobody has it any more."""
        for (text,) in connection.execute(schema.FORGET_FILE, (number,)).fetchall():
            if connection.execute(schema.IS_HELD, (text,)).fetchone() is None:
                _forget_text(connection, text)

    def settled(self, connection: sqlite3.Connection, project: int, state: State | None) -> None:
        """Note whose a project is, and of which family."""
        facts = state.facts if state else frozenset()
        owner = next((each.value for each in facts if each.kind == "user"), "")
        family = str(state.family) if state and state.family else f"of {project}"
        connection.execute(schema.PUT_ABOUT, (project, owner.lower(), family))


def _known(connection: sqlite3.Connection, file: File) -> int | None:
    row = connection.execute(schema.KNOWN, (file.digest,)).fetchone()
    return int(row[0]) if row else None


def _added(connection: sqlite3.Connection, file: File, packed: Packed) -> int:
    row = (file.digest, packed.packed, file.segments, file.body.whole)
    text = int(connection.execute(schema.ADD_TEXT, row).fetchone()[0])
    connection.execute(schema.ADD_TRIGRAMS, (text, packed.words))
    connection.executemany(schema.ADD_SYMBOL, ((key, text) for key in packed.keys))
    connection.executemany(schema.ADD_NAME, ((len(name), name) for name in packed.names))
    return text


def _forget_text(connection: sqlite3.Connection, text: int) -> None:
    words = zlib.decompress(connection.execute(schema.TEXT, (text,)).fetchone()[0]).decode()
    connection.execute(schema.FORGET_TRIGRAMS, (text, words))
    connection.execute(schema.FORGET_SYMBOLS, (text,))
    connection.execute(schema.FORGET_TEXT, (text,))
