"""What is found by which words, whatever keeps the index."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.search.engines import Document
from jupyter_wove.search.queries import parse
from tests.unit.search.conftest import marked
from tests.unit.search.engines.words import cell, cells, fill, find, forget, ranked

HOSTILE = [
    *("C++", '"', '""', "*", "-", "-x", "a AND", "NEAR(", "title:", "{a b}: c", "^a", "a + b"),
    *("x' OR 1=1 --", "\x00", 'a"b', '"a\x00b', "\ud800", "a\udfffb", "💥" * 50, "数" * 500),
    *("x" * 10_000, "a " * 5_000, '"' * 9_999, "()" * 5_000, "\u200b", "ก็็็็็", "\x02a\x03"),
    *("a:*", "a & !b", "'a' <-> 'b'", "'a", "a\\", "%s %(x)s", "{index}", "$1", "a\\'b"),
]
TEXTS = [
    *("C++ and title: x", "数据分析 と データ", "a NEAR b", "RandomForest x' OR 1=1"),
    *("train_test_split(buoy.csv)", "cafés computing", "fit the model", "the model fit"),
    *("visualization", "Python분석하기", "o'neil \\ 100% {index}", "accuracy 0.9731"),
]


@pytest.fixture(scope="module")
def stocked(shared_engine):
    fill(shared_engine, *[cell(text, number) for number, text in enumerate(TEXTS)])
    return shared_engine


@pytest.mark.parametrize("every", [True, False])
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_can_be_typed_is_an_error(stocked, words, every):
    question = parse(words)
    assert not question.terms or find(stocked, words, every=every) is not None


@settings(max_examples=200, deadline=None)
@given(st.text() | st.text(alphabet="ab\"*-+():^{}\\ \x00\x02数AND'<>&|!%"))
def test_nothing_at_all_that_can_be_typed_is_an_error(stocked, words):
    if parse(words).terms:
        find(stocked, words)
        find(stocked, words, every=False)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("buoy", [4]),
        ("buoy.csv", [4]),
        ("split", [4]),
        ("train_test_sp", [4]),
        ('"test train"', []),
        ("RandomForest", [3]),
        ("forest", [3]),
        ("RandomFo", [3]),
        ("cafe computed", [5]),
        ("CAFÉ", [5]),
        ("数据", [1]),
        ("据分", [1]),
        ("分数", []),
        ("データ", [1]),
        ("분석", [9]),
        ("Python분석", [9]),
        ("o'neil", [10]),
        ("0.9731", [11]),
        ("model fit", [6, 7]),
        ('"model fit"', [7]),
        ('model -"model fit"', [6]),
        ("model -fit", []),
        ("zebra", []),
        ("+ buoy", [4]),
    ],
)
def test_words_find_what_has_them(stocked, words, found):
    assert cells(stocked, words) == found


@pytest.mark.parametrize("typed", range(3, len("visualization") + 1))
def test_something_is_found_at_every_letter_typed(stocked, typed):
    assert cells(stocked, "visualization"[:typed]) == [8]


def test_all_words_are_asked_for_or_any_of_them(stocked):
    assert cells(stocked, "buoy forest") == []
    assert cells(stocked, "buoy forest", every=False) == [3, 4]
    assert cells(stocked, "buoy forest -split", every=False) == [3]


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="abAB é数分 \n\u200b\x02\x03\x00<&>_.1", min_size=1, max_size=400))
def test_what_is_shown_is_a_piece_of_the_text_with_the_hits_marked(shared_engine, text):
    project = fill(shared_engine, cell(text + " needle " + text))
    (found,) = find(shared_engine, "needle")
    forget(shared_engine, project)
    assert [each.text for each in found.snippet if each.hit].count("needle") == 1
    shown = "".join(each.text for each in found.snippet).strip("…")
    assert len(shown) <= 160
    assert "".join(shown.split()) in "".join(_plain(text + " needle " + text).split())


def _plain(text):
    return "".join(each for each in text if each not in "\u200b\x02\x03\x00")


def test_every_hit_is_marked_where_most_of_them_are(engine):
    far, near = "needle " + "hay " * 100, "a needle and another needle. " + "hay " * 100
    fill(engine, cell(far + near))
    (found,) = find(engine, "needle")
    assert marked(found.snippet).startswith("…")
    assert "a [needle] and another [needle]. hay" in marked(found.snippet)


def test_names_and_accents_and_other_scripts_are_marked(engine):
    fill(engine, cell("x = read('buoy.csv')"), cell("Nos cafés, 数据分析", 1))
    assert marked(find(engine, "buoy")[0].snippet) == "x = read('[buoy].csv')"
    assert marked(find(engine, "cafe")[0].snippet) == "Nos [cafés], 数据分析"
    assert marked(find(engine, "数据")[0].snippet) == "Nos cafés, [数据]分析"


def test_what_is_found_says_where_it_is(engine):
    project = fill(engine, cell("needle", 3, label="Load the data"), members=["person:1"])
    (where,) = ranked(engine, "needle")
    assert (where.project, where.version, where.public) == (str(project), "v", True)
    (found,) = find(engine, "needle")
    assert (found.project, found.revision) == (str(project), 1)
    assert (found.kind, found.path, found.cell, found.cell_id) == ("cell", "a.ipynb", 3, "cell-3")
    assert marked(found.title) == "Load the data"


def test_a_document_is_cut_where_it_is_too_long(engine):
    fill(engine, Document("file", title="a.txt", markdown="word " * 100_000 + "needle"))
    assert find(engine, "needle") == []
    assert find(engine, "word")


def test_a_document_of_nothing_but_different_words_is_kept(engine):
    codes = " ".join(f"{number:x}" for number in range(100_000, 300_000))
    strange = "".join(map(chr, range(0x20000, 0x2A000)))
    fill(engine, Document("file", title="needle.txt", markdown=codes, source=codes[::-1]))
    fill(engine, Document("file", title="needle.txt", markdown=strange, source=strange))
    fill(engine, cell("x" * 49_000 + " needle"))
    assert len(find(engine, "needle")) == 3
