"""Engines agree on what is found by which words, so that one can take another's place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.kit.database import Database
from jupyter_wove.search import EmbeddedWords
from jupyter_wove.search.engines.postgresql import PostgresqlWords
from jupyter_wove.search.queries import parse
from tests.unit.search.engines.words import cell, fill, find, forget

WORDS = [
    *("fit", "fitted", "model", "models", "train_test_split", "RandomForest", "HTTPServer", "x1"),
    *(
        "café",
        "CAFE",
        "naïve",
        "数据",
        "分析",
        "データ",
        "한국어",
        "ไทย",
        "straße",
        "Ωμέγα",
        "İstanbul",
    ),
    *("0.97", "1e-5", "a.b", "C++", "o'neil", "re-run", "it_s", "running", "visualization", "ø"),
]
SOME = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
TYPED = st.lists(
    st.sampled_from(WORDS)
    | st.sampled_from(WORDS).map(lambda word: f"-{word}")
    | st.tuples(st.sampled_from(WORDS), st.integers(1, 5)).map(lambda cut: cut[0][: cut[1]])
    | SOME.map(lambda words: f'"{words}"'),
    min_size=1,
    max_size=4,
).map(" ".join)


@pytest.fixture(scope="module")
def both(tmp_path_factory, postgresql_server):
    database = Database(postgresql_server.create("alike"))
    engines = [EmbeddedWords(tmp_path_factory.mktemp("alike")), PostgresqlWords(database)]
    yield engines
    for engine in engines:
        engine.close()
    database.close()
    postgresql_server.drop("alike")


def look(engine, words, every):
    """Tell what is found, as it is shown."""
    found = find(engine, words, every=every, where="cells")
    return {each.cell: (each.title, each.snippet) for each in found}


@settings(max_examples=60, deadline=None)
@given(st.lists(SOME, min_size=1, max_size=8), st.lists(TYPED, min_size=1, max_size=8))
def test_engines_find_the_same_and_show_it_the_same_way(both, texts, questions):
    filled = [
        fill(engine, *[cell(text, number) for number, text in enumerate(texts)]) for engine in both
    ]
    for words in questions:
        for every in (True, False):
            if parse(words).terms:
                one, other = (look(engine, words, every) for engine in both)
                assert one == other, words
    for engine, project in zip(both, filled, strict=True):
        forget(engine, project)
