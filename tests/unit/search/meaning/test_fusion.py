"""Two orders become one."""

from jupyter_wove.search.meaning.fusion import Worded, fuse


def test_what_both_find_comes_first():
    words = {"a": Worded(9.0, 1.0), "b": Worded(8.0, 1.0)}
    assert next(iter(fuse(words, {"b": 0.8, "c": 0.7, "d": 0.1}, 0.5))) == "b"


def test_only_words_count_where_meaning_does_not():
    words = {"a": Worded(1.0, 1.0), "b": Worded(2.0, 1.0)}
    assert list(fuse(words, {"a": 0.9, "b": 0.1}, 0.0)) == ["b", "a"]


def test_half_of_the_words_count_half():
    scores = fuse({"a": Worded(4.0, 1.0), "b": Worded(4.0, 0.5)}, {}, 0.6)
    assert scores["b"] == scores["a"] / 2


def test_what_is_far_from_the_question_gains_nothing_by_it():
    cosines = {number: 1 - number / 1000 for number in range(300)}
    assert 250 not in fuse({}, cosines, 0.6)


def test_the_only_thing_near_counts_in_full():
    assert fuse({}, {"a": 0.4}, 0.6) == {"a": 0.6}


def test_nothing_found_is_nothing():
    assert fuse({}, {}, 0.6) == {}


def test_words_that_tell_nothing_divide_by_nothing():
    assert fuse({"a": Worded(0.0, 1.0)}, {}, 0.6) == {"a": 0.0}
