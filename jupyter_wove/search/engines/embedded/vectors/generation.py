"""One file of vectors, and what is asked of it and said to it."""

import hashlib
import sqlite3
import time
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, ClassVar
from uuid import UUID

import msgspec
import numpy as np

from jupyter_wove.search.engines import (
    PUBLIC,
    Damaged,
    Document,
    Kind,
    Near,
    Part,
    Place,
    Sought,
    Text,
    Vector,
)
from jupyter_wove.search.engines.embedded.connections import Layout
from jupyter_wove.search.engines.embedded.generation import Generation, numbers
from jupyter_wove.search.engines.embedded.schema import BITS
from jupyter_wove.search.engines.embedded.vectors import schema
from jupyter_wove.search.engines.embedded.vectors.memory import Held, Mask, Memory, Numbers
from jupyter_wove.search.engines.preparing import MOST, texts

ADOPTED = 1_000  # vectors at a time

Said = list[tuple[int, Kind, list[Text]]]


class Vectors(Generation):
    """An index of meanings from one rebuild to the next."""

    layout: ClassVar = Layout("vectors", schema.VERSION, schema.CREATE)

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._memory: Memory | None = None

    def prepared(self, part: Part, documents: Iterable[Document]) -> Said:
        """Take the texts out of documents."""
        return [
            (number, each.kind, [Text(_digest(words), words) for words in texts(each)])
            for number, each in enumerate(documents)
        ]

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

    def progress(self) -> tuple[int, int]:
        """Tell how many texts have vectors, and how many there are."""
        with self.connections.read() as connection:
            done, total = connection.execute(schema.PROGRESS).fetchone()
        return done, total

    def nearest(self, sought: Sought) -> list[Near]:
        """Find what these principals may see, the nearest first."""
        with self.connections.read() as connection:
            held = self._held(connection, len(sought.vector))
            chosen = np.flatnonzero(_allowed(connection, held, sought))
            cosines = held.cosines(chosen, np.frombuffer(sought.vector, np.float32))
            best = _best(held.pieces["document"][chosen], cosines, sought)
            places = _places(connection, [document for document, _ in best])
        return [Near(places[id_], cosine) for id_, cosine in best if id_ in places]

    def page(self, project: UUID, principals: Sequence[str], dimension: int) -> Vector | None:
        """Say what the page of a project means, on average of its texts."""
        with self.connections.read() as connection:
            held = self._held(connection, dimension)
            mask = _seen(connection, held, principals)
            parts = [id_ for (id_,) in connection.execute(schema.PAGE, (str(project),))]
            mask &= np.isin(held.pieces["document"] >> BITS, parts)
        if not mask.any():
            return None
        mean = held.matrix[held.pieces["row"][mask]].mean(axis=0)
        return array("f", (mean / np.linalg.norm(mean)).tobytes())

    def in_memory(self) -> int:
        """Count the vectors that are in memory."""
        return self._memory.vectors if self._memory else 0

    def _held(self, connection: sqlite3.Connection, dimension: int) -> Held:
        self._memory = self._memory or Memory(dimension)
        return self._memory.held(connection)

    def _write(self, vectors: Iterable[tuple[bytes, str]]) -> None:
        with self.connections.write(self.check) as connection:
            connection.executemany(schema.GIVE, vectors)


def _allowed(connection: sqlite3.Connection, held: Held, sought: Sought) -> Mask:
    mask = _seen(connection, held, sought.principals)
    if sought.kinds is not None:
        mask &= held.of_kinds(sought.kinds)
    if sought.among is not None:
        mask &= np.isin(held.pieces["document"], list(_documents(connection, sought.among)))
    if sought.without:
        mask &= ~np.isin(held.pieces["project"], _projects(connection, sought.without))
    return mask


def _seen(connection: sqlite3.Connection, held: Held, principals: Sequence[str]) -> Mask:
    members = [each for each in principals if each != PUBLIC]
    mine = (id_ for (id_,) in connection.execute(schema.MINE, (_json(members),)))
    return held.seen(mine, public=PUBLIC in principals)


def _documents(connection: sqlite3.Connection, places: Collection[Place]) -> Iterator[int]:
    for place in places:
        found = connection.execute(schema.PART, (str(place.project), *place.part)).fetchone()
        if found:
            yield numbers(found[0])[place.number]


def _projects(connection: sqlite3.Connection, ids: Iterable[UUID]) -> list[int]:
    asked = (_json([str(id_) for id_ in ids]),)
    return [number for (number,) in connection.execute(schema.PROJECTS, asked)]


def _best(documents: Numbers, cosines: Any, sought: Sought) -> list[tuple[int, float]]:
    """Take the nearest documents, each by the nearest of its texts."""
    enough = min(len(cosines), sought.limit * MOST)
    if not enough:
        return []
    candidates = np.argpartition(-cosines, enough - 1)[:enough]
    ranked = sorted((-float(cosines[each]), int(documents[each])) for each in candidates)
    best: dict[int, float] = {}
    for negative, document in ranked:
        if -negative >= sought.least:
            best.setdefault(document, -negative)
    return list(islice(best.items(), sought.limit))


def _places(connection: sqlite3.Connection, documents: list[int]) -> dict[int, Place]:
    parts = _json([document >> BITS for document in documents])
    found = {
        id_: (UUID(project), Part(path, digest))
        for id_, project, path, digest in connection.execute(schema.PLACES, (parts,))
    }
    return {
        document: Place(*found[part], document - numbers(part)[0])
        for document in documents
        if (part := document >> BITS) in found
    }


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _blob(vector: Vector) -> bytes:
    """Keep 16 bits of each number: they tell cosines apart by a ten-thousandth."""
    return np.frombuffer(vector, np.float32).astype(np.float16).tobytes()


def _json(values: list[Any]) -> str:
    return msgspec.json.encode(values).decode()
