"""One file of vectors, and what is asked of it and said to it."""

import hashlib
import sqlite3
import struct
import threading
import time
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

import msgspec

from jupyter_wove.search.engines import (
    Damaged,
    Document,
    Kind,
    Near,
    Part,
    Sought,
    Text,
    Vector,
)
from jupyter_wove.search.engines.embedded.connections import Layout
from jupyter_wove.search.engines.embedded.generation import Generation, numbers, slots
from jupyter_wove.search.engines.embedded.schema import MOST_DOCUMENTS
from jupyter_wove.search.engines.embedded.vectors import schema
from jupyter_wove.search.engines.preparing import texts

if TYPE_CHECKING:
    from jupyter_wove.search.engines.embedded.vectors.comparing import Comparing

ADOPTED = 1_000  # vectors at a time

Said = list[tuple[int, Kind, list[Text]]]


class Vectors(Generation):
    """An index of meanings from one rebuild to the next."""

    layout: ClassVar = Layout("vectors", schema.VERSION, schema.CREATE)

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._opening = threading.Lock()
        self._compared: Comparing | None = None

    def prepared(self, part: Part, documents: Iterable[Document]) -> Said:
        """Take the texts out of documents."""
        kept = list(documents)
        return said(zip(slots(kept), kept, strict=True))

    def keep(
        self, connection: sqlite3.Connection, number: int, part: Part, prepared: Said
    ) -> None:
        """Keep texts; those that were said before may have their vectors already."""
        first = numbers(number)[0]
        said = [(first + nth, kind, text) for nth, kind, each in prepared for text in each]
        connection.executemany(schema.ADD_TEXT, [text for _, _, text in said])
        pieces = ((document, kind, text.digest) for document, kind, text in said)
        connection.executemany(schema.ADD_PIECE, pieces)

    def forget(self, connection: sqlite3.Connection, number: int, part: Part) -> None:
        """Forget what was said, unless it is also said elsewhere."""
        ids = numbers(number)
        bounds = (ids[0], ids[-1])
        said = connection.execute(schema.TEXTS_OF, bounds).fetchall()
        connection.execute(schema.FORGET_PIECES, bounds)
        connection.executemany(schema.FORGET_TEXT, said)

    def succeed(self, old: Generation) -> None:
        """Take the vectors over that the old file has of the same texts."""
        with self.connections.read() as connection:
            waiting = [digest for (digest,) in connection.execute(schema.WITHOUT_VECTOR)]
        with suppress(Damaged):
            for start in range(0, len(waiting), ADOPTED):
                digests = (_json(waiting[start : start + ADOPTED]),)
                with old.connections.read() as connection:
                    known = connection.execute(schema.VECTORS_OF, digests).fetchall()
                self._write(known)

    def take(self, most: int) -> list[Text]:
        """Take texts that have no vector yet."""
        now = time.time()
        asked = {"now": now, "before": now - schema.LEASE, "most": most}
        with self.connections.write(self.check) as connection:
            return [Text(*row) for row in connection.execute(schema.TAKE, asked)]

    def give(self, vectors: Mapping[str, Vector]) -> None:
        """Give texts their vectors."""
        self._write((_blob(vector), digest) for digest, vector in vectors.items())

    def put_back(self, digests: Sequence[str]) -> None:
        """Leave texts that were taken to others."""
        with self.connections.write(self.check) as connection:
            connection.executemany(schema.PUT_BACK, ((digest,) for digest in digests))

    def known(self, digests: Sequence[str]) -> dict[str, Vector]:
        """Tell the vectors that some texts have, by digest."""
        with self.connections.read() as connection:
            rows = connection.execute(schema.VECTORS_OF, (_json(list(digests)),)).fetchall()
        return {digest: _vector(blob) for blob, digest in rows}

    def progress(self) -> tuple[int, int]:
        """Tell how many texts have vectors, and how many there are."""
        with self.connections.read() as connection:
            done, total = connection.execute(schema.PROGRESS).fetchone()
        return done, total

    def nearest(self, sought: Sought) -> list[Near]:
        """Find what these principals may see, the nearest first."""
        comparing = self._comparing(len(sought.vector))
        with self.connections.read() as connection:
            return comparing.nearest(connection, sought)

    def page(self, project: UUID, principals: Sequence[str], dimension: int) -> Vector | None:
        """Say what the page of a project means, on average of its texts."""
        comparing = self._comparing(dimension)
        with self.connections.read() as connection:
            return comparing.page(connection, project, principals)

    def in_memory(self) -> int:
        """Count the vectors that are in memory."""
        return self._compared.memory.vectors if self._compared else 0

    def _comparing(self, dimension: int) -> "Comparing":
        from jupyter_wove.search.engines.embedded.vectors.comparing import Comparing  # noqa: PLC0415

        with self._opening:  # numpy takes a tenth of a second and 20 MB: with the first question
            self._compared = self._compared or Comparing(dimension)
        return self._compared

    def _write(self, vectors: Iterable[tuple[bytes, str]]) -> None:
        with self.connections.write(self.check) as connection:
            connection.executemany(schema.GIVE, vectors)


def said(documents: Iterable[tuple[int, Document]]) -> Said:
    """Take the texts out of documents, each of which has its slot."""
    return [
        (slot, each.kind, [Text(_digest(words), words) for words in texts(each)])
        for slot, each in documents
        if slot < MOST_DOCUMENTS
    ]


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _blob(vector: Vector) -> bytes:
    """Keep 16 bits of each number: they tell cosines apart by a ten-thousandth."""
    return struct.pack(f"<{len(vector)}e", *vector)


def _vector(blob: bytes) -> Vector:
    return array("f", struct.unpack(f"<{len(blob) // 2}e", blob))


def _json(values: list[Any]) -> str:
    return msgspec.json.encode(values).decode()
