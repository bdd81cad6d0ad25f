"""Every engine that finds words, empty: what is promised of one is promised of all.

A new engine is added as a `Place`, and must pass what stands in this folder as it is.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from uuid import uuid4

import pytest

from jupyter_wove.kit.database import Database
from jupyter_wove.search import EmbeddedWords
from jupyter_wove.search.engines import KeywordEngine
from jupyter_wove.search.engines.postgresql import PostgresqlWords
from tests.unit.search.engines.words import OPEN


@dataclass
class Place:
    """Where the index of a test is, and how this process and others open it."""

    open: Callable[[], KeywordEngine]
    code: str  # makes `engine` from `place`
    address: str


def embedded(request, stack):
    folder = request.getfixturevalue("tmp_path_factory").mktemp("index")
    return Place(lambda: EmbeddedWords(folder), OPEN["embedded"], str(folder))


def postgresql(request, stack):
    server, name = request.getfixturevalue("postgresql_server"), f"t_{uuid4().hex}"
    url = server.create(name)
    stack.callback(server.drop, name)
    database = Database(url)
    stack.callback(database.close)
    return Place(lambda: PostgresqlWords(database), OPEN["postgresql"], url)


PLACES = {"embedded": embedded, "postgresql": postgresql}


@pytest.fixture(params=PLACES)
def place(request):
    """Where an index can be, for one test."""
    with ExitStack() as stack:
        yield PLACES[request.param](request, stack)


@pytest.fixture
def engine(place):
    """An empty index."""
    engine = place.open()
    yield engine
    engine.close()


@pytest.fixture(scope="module", params=PLACES)
def shared_engine(request):
    """An index that the tests of a module share."""
    with ExitStack() as stack:
        engine = PLACES[request.param](request, stack).open()
        stack.callback(engine.close)
        yield engine
