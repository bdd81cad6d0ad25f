"""Vectors compared with all that somebody may see."""

import sqlite3
from array import array
from collections.abc import Sequence
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
import numpy as np

from jupyter_wove.search.engines import PUBLIC, Near, Part, Place, Sought, Vector
from jupyter_wove.search.engines.embedded.generation import numbers
from jupyter_wove.search.engines.embedded.schema import BITS
from jupyter_wove.search.engines.embedded.vectors import schema
from jupyter_wove.search.engines.embedded.vectors.memory import Held, Mask, Memory, Numbers
from jupyter_wove.search.engines.preparing import MOST


class Comparing:
    """Compares, within a transaction of whoever asks, with the vectors of one file."""

    def __init__(self, dimension: int) -> None:
        self.memory = Memory(dimension)

    def nearest(self, connection: sqlite3.Connection, sought: Sought) -> list[Near]:
        """Find what these principals may see, the nearest first."""
        held = self.memory.held(connection)
        chosen = np.flatnonzero(_allowed(connection, held, sought))
        cosines = held.cosines(chosen, np.frombuffer(sought.vector, np.float32))
        best = _best(held.pieces["document"][chosen], cosines, sought)
        places = _places(connection, [document for document, _ in best])
        return [Near(places[id_], cosine) for id_, cosine in best if id_ in places]

    def page(
        self, connection: sqlite3.Connection, project: UUID, principals: Sequence[str]
    ) -> Vector | None:
        """Say what the page of a project means, on average of its texts."""
        held = self.memory.held(connection)
        parts = [id_ for (id_,) in connection.execute(schema.PAGE, (str(project),))]
        mask = _seen(connection, held, principals)
        mask &= np.isin(held.pieces["document"] >> BITS, parts)
        if not mask.any():
            return None
        mean = held.matrix[held.pieces["row"][mask]].mean(axis=0)
        return array("f", (mean / np.linalg.norm(mean)).tobytes())


def _allowed(connection: sqlite3.Connection, held: Held, sought: Sought) -> Mask:
    mask = _seen(connection, held, sought.principals)
    if sought.kinds is not None:
        mask &= held.of_kinds(sought.kinds)
    return mask


def _seen(connection: sqlite3.Connection, held: Held, principals: Sequence[str]) -> Mask:
    members = [each for each in principals if each != PUBLIC]
    mine = (id_ for (id_,) in connection.execute(schema.MINE, (_json(members),)))
    return held.seen(mine, public=PUBLIC in principals)


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


def _json(values: list[Any]) -> str:
    return msgspec.json.encode(values).decode()
