"""What people type is read as they mean it, and nothing that can be typed is a mistake."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.search.queries import (
    NAMES,
    Filter,
    Pattern,
    Question,
    Range,
    Term,
    parse,
    pieces,
    replaced,
    toggled,
    typed_at,
    whole,
    write,
)
from jupyter_wove.search.texts import shown

DAY = 86_400
MARKS = ["..", "5d", "yes", "wave", *'"/-<>=.,*@ \\\x00\u200b数é']
PIECES = [*(f"{name}:" for name in NAMES), *MARKS]
TYPED = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("tag:ocean", Filter("tag", ("ocean",))),
        ("Tag:Ocean", Filter("tag", ("Ocean",))),
        ('tag:"deep sea",ocean', Filter("tag", ("deep sea", "ocean"))),
        ("-tag:ocean", Filter("tag", ("ocean",), no=True)),
        ("user:@ann", Filter("user", ("ann",))),
        ("lang:c++", Filter("lang", ("c++",))),
        ("path:src/*.py", Filter("path", ("src/*.py",))),
        ("uses:sklearn.decomposition.PCA", Filter("uses", ("sklearn.decomposition.PCA",))),
        ('output:"accuracy 0.9"', Filter("output", ("accuracy 0.9",))),
        ('tag:"not closed', Filter("tag", ("not closed",))),
        ("has:plot:heatmap", Filter("has", ("plot:heatmap",))),
        ("dataset:https://example.org/a.csv", Filter("dataset", ("https://example.org/a.csv",))),
        ("stars:5", Range("stars", 5, 5)),
        ("stars:>5", Range("stars", 6, None)),
        ("stars:>=5", Range("stars", 5, None)),
        ("remixes:<5", Range("remixes", None, 4)),
        ("-stars:<=5", Range("stars", None, 5, no=True)),
        ("stars:5..9", Range("stars", 5, 9)),
        ("stars:5..*", Range("stars", 5, None)),
        ("verified:<30d", Range("verified", None, 30 * DAY - 1)),
        ("verified:2w", Range("verified", None, 14 * DAY)),
        ("verified:yes", Range("verified", 0, None)),
        ("verified:no", Range("verified", 0, None, no=True)),
        ("-verified:no", Range("verified", 0, None)),
        (r"/def \w+_\/(x)/", Pattern(r"def \w+_\/(x)")),
        ("-/a b/", Pattern("a b", no=True)),
    ],
)
def test_a_qualifier_or_a_pattern_is_read(typed, read):
    question = parse(f"wave {typed}")
    assert [*question.filters, *question.ranges, *question.patterns] == [read]
    assert question.terms == (Term("wave", prefix=True),)


@pytest.mark.parametrize(
    "typed",
    [
        *("tag:", "tag:,", "title:waves", "stars:many", "stars:5d", "verified:30", "stars:>"),
        *("stars:5..", "http://example.org/", "std::vector", "/usr/bin/", "/home/ann", "/open"),
        *("stars:1234567890", "verified:<d", "a/b", "tag :x"),
    ],
)
def test_what_is_no_valid_qualifier_is_words(typed):
    question = parse(typed)
    assert question.terms
    assert question == Question(question.terms)


def test_words_phrases_and_exclusions_are_read_as_ever():
    question = parse('the fast "fast fourier" -matlab -"a b" C++ --x transf')
    words = ["fast", "fast fourier", "C++", "--x"]
    assert question.terms == (*map(Term, words), Term("transf", prefix=True))
    assert question.without == ("matlab", "a b")


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        *(("wave", True), ("tag:x", True), ("stars:>1", True), ("-wave", False)),
        *(("", False), ('""', False), ("-tag:x", False), ("verified:no", False)),
        *(("-tag:x stars:1", True), ("-wave tag:x", True)),
    ],
)
def test_only_what_says_what_is_wanted_asks_for_something(typed, asks):
    assert parse(typed).asks is asks


@settings(max_examples=500, deadline=None)
@given(TYPED)
def test_anything_is_read_and_reads_the_same_when_it_is_written_again(typed):
    question = parse(typed)
    assert parse(write(question)) == question
    assert parse(write(whole(question))) == whole(question)


@settings(max_examples=300, deadline=None)
@given(TYPED)
def test_pieces_stand_in_order_and_only_spaces_stand_between_them(typed):
    end = 0
    for piece in pieces(typed):
        assert end <= piece.start < piece.end <= len(typed)
        assert not shown(typed)[end : piece.start].strip()
        end = piece.end


@pytest.mark.parametrize(("at", "span"), [(0, (0, 0)), (2, (0, 4)), (4, (0, 4)), (9, (5, 11))])
def test_the_piece_under_the_cursor_is_found(at, span):
    assert typed_at("wave tag:oc stars:>5", at) == span


def test_a_piece_is_replaced_and_the_others_stay():
    assert replaced("wave tag:oc stars:>5", (5, 11), "tag:ocean") == (
        "wave tag:ocean stars:>5",
        len("wave tag:ocean"),
    )
    assert replaced("wave tag:oc", (5, 11), 'tag:"deep sea"')[0] == 'wave tag:"deep sea"'


def test_a_value_is_asked_for_and_not_any_more():
    asked = toggled("wave -matlab", "tag", "deep sea")
    assert asked == 'wave -matlab tag:"deep sea"'
    assert toggled(asked, "tag", "Deep Sea") == "wave -matlab"
    assert toggled("", "lang", "python") == "lang:python"
    assert toggled('"not closed', "lang", "python") == 'lang:python "not closed'


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=100), st.text(min_size=1, max_size=20).filter(str.isalnum))
def test_a_value_that_was_asked_for_is_in_the_question(typed, value):
    kept = parse(f"tag:{value}").filters
    if kept and kept[0] not in parse(typed).filters and len(parse(typed).filters) < 10:
        assert kept[0] in parse(toggled(typed, "tag", kept[0].values[0])).filters
