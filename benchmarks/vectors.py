"""Measure the nearest of 100,000 vectors for somebody who may see four fifths of them.

Run `python -m benchmarks.vectors [texts]`: in a file with numpy, and in PostgreSQL with pgvector.
"""

import random
import sys
import tempfile
import time
from array import array
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import numpy as np

from benchmarks.figures import Figure, machine, p95, table
from jupyter_wove.kit.database import Database
from jupyter_wove.search import EmbeddedVectors
from jupyter_wove.search.engines import (
    PUBLIC,
    Document,
    Part,
    Sought,
    Space,
    State,
    Vector,
    VectorEngine,
    principal,
)
from jupyter_wove.search.engines.postgresql import PostgresqlVectors
from tests.services import TEMPLATE, postgresql_with_pgvector

SPACE = Space("chance", 384, 1)
CELLS = 100  # of each project
PRIVATE = 5  # one of so many projects
ASKED, BATCH = 100, 1_000
CHANCE = np.random.default_rng(7)


def vectors(count: int) -> list[Vector]:
    points = CHANCE.normal(size=(count, SPACE.dimension))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return [array("f", point.astype("f4").tobytes()) for point in points]


def fill(engine: VectorEngine, texts: int) -> None:
    """Say so many texts, and have them point anywhere."""
    for number in range(texts // CELLS):
        part = Part("a.ipynb", "1")
        ticket = engine.begin(uuid4())
        said = (f"{number} {nth} {random.random()}" for nth in range(CELLS))
        cells = [
            Document("cell", nth, None, "", markdown=f"text {each}")
            for nth, each in enumerate(said)
        ]
        engine.add(ticket, part, cells)
        parts = frozenset([part])
        public = parts if number % PRIVATE else frozenset[Part]()
        owner = frozenset([principal(uuid4())])
        engine.settle(ticket, State(1, "v", owner, public, parts))
    while taken := engine.take(BATCH):
        engine.give(dict(zip((each.digest for each in taken), vectors(len(taken)), strict=True)))


def measured(name: str, engine: VectorEngine, texts: int) -> list[Figure]:
    start = time.perf_counter()
    fill(engine, texts)
    filled, times = time.perf_counter() - start, []
    print(f"{name}: {engine.progress()[0]} vectors, filled in {filled:.0f} s", flush=True)
    for vector in vectors(ASKED + 5):
        start = time.perf_counter()
        found = engine.nearest(Sought(vector, (PUBLIC,), 100))
        times.append((time.perf_counter() - start) * 1e3)
        assert len(found) == 100
    return [
        Figure(f"{name}: first question", times[:1]),
        Figure(f"{name}: nearest 100, p95", [p95(times[5:])]),
    ]


def main(texts: int) -> None:
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        figures += measured("numpy", EmbeddedVectors(Path(folder), SPACE), texts)
    with postgresql_with_pgvector() as server:
        url = server.create("benchmark", TEMPLATE)
        with closing(Database(url)) as database:
            figures += measured("pgvector", PostgresqlVectors(database, SPACE), texts)
    print(f"{machine()}\n\n{table(figures)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
