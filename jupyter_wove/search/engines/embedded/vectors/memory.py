"""The vectors of one file in memory, and who may see what they are of."""

import sqlite3
import threading
from collections.abc import Collection, Iterable
from typing import NamedTuple, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from jupyter_wove.search.engines import Kind
from jupyter_wove.search.engines.embedded.schema import BITS
from jupyter_wove.search.engines.embedded.vectors import schema

FIRST_ROOM = 256  # vectors
TOO_MANY = 4  # times as many vectors as are of use: then they are read anew
FEW = 20  # less than one of so many are picked out before they are compared

KINDS: tuple[Kind, ...] = get_args(Kind)
_PIECE = np.dtype(
    [
        ("project", np.int64),
        ("public", np.bool_),
        ("work", np.bool_),
        ("document", np.int64),
        ("text", np.int64),
        ("kind", np.int8),
        ("row", np.int64),
    ]
)

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Floats = NDArray[np.float32]


class Held(NamedTuple):
    """A state of the index: what is said where, and by which row of the matrix. Never changed."""

    news: int
    pieces: NDArray[np.void]
    matrix: Floats
    rows: int

    def seen(self, projects: Iterable[int], *, public: bool) -> Mask:
        """Tell what may be seen by members of these projects, and perhaps everybody."""
        work = self.pieces["work"] & np.isin(self.pieces["project"], list(projects))
        return work | self.pieces["public"] if public else work

    def of_kinds(self, kinds: Collection[Kind]) -> Mask:
        """Tell what is of these kinds."""
        return np.isin(self.pieces["kind"], [KINDS.index(kind) for kind in kinds])

    def cosines(self, chosen: Numbers, vector: Floats) -> Floats:
        """Compare a vector with these pieces."""
        rows = self.pieces["row"][chosen]
        few = len(rows) * FEW < self.rows
        compared = self.matrix[rows] if few else self.matrix[: self.rows]
        cosines: Floats = compared @ vector
        return cosines if few else cosines[rows]


class Memory:
    """Keeps up with one file; every thread sees the state of its own transaction."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._turn = threading.Lock()
        self._forget()

    @property
    def vectors(self) -> int:
        """Count the vectors."""
        return self._held.rows

    def held(self, connection: sqlite3.Connection) -> Held:
        """Read what is new, and return all of it."""
        with self._turn:
            (newest,) = connection.execute(schema.NEWEST).fetchone()
            if newest > self._held.news:
                self._renew(connection, newest)
                if self._held.rows > FIRST_ROOM + TOO_MANY * len(self._held.pieces):
                    self._forget()
                    self._renew(connection, newest)
            return self._held

    def _forget(self) -> None:
        self._rows: dict[int, int] = {}
        matrix = np.empty((FIRST_ROOM, self.dimension), np.float32)
        self._held = Held(0, np.empty(0, _PIECE), matrix, 0)

    def _renew(self, connection: sqlite3.Connection, newest: int) -> None:
        old = self._held
        parts = [part for (part,) in connection.execute(schema.NEWS, (old.news,))]
        kept = old.pieces[~np.isin(old.pieces["document"] >> BITS, parts)]
        fresh = connection.execute(schema.PIECES, (_json(parts),)).fetchall()
        matrix, rows = self._grown(connection, {text for *_, text, _ in fresh} - self._rows.keys())
        pieces = np.array(
            [(*rest, text, KINDS.index(kind), self._rows[text]) for *rest, text, kind in fresh],
            _PIECE,
        )
        self._held = Held(newest, np.concatenate([kept, pieces]), matrix, rows)

    def _grown(self, connection: sqlite3.Connection, texts: set[int]) -> tuple[Floats, int]:
        """Write vectors after the last one: who reads an older state does not look there."""
        matrix, start = self._held.matrix, self._held.rows
        found = connection.execute(schema.VECTORS, (_json(sorted(texts)),)).fetchall()
        end = start + len(found)
        if end > len(matrix):
            matrix = np.concatenate([matrix, np.empty((end, self.dimension), np.float32)])
        if found:
            blobs = b"".join(blob for _, blob in found)
            matrix[start:end] = np.frombuffer(blobs, np.float16).reshape(-1, self.dimension)
        self._rows.update((text, start + number) for number, (text, _) in enumerate(found))
        return matrix, end


def _json(values: list[int]) -> str:
    return msgspec.json.encode(values).decode()
