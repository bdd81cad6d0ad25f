"""No more code reaches who learns than a teacher allows, however the pieces are cut."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jupyter_wove.ai.tutoring import Binding, Withholding

DUE = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
LEVELS = {0: 0, 1: 3}
SECRET = "solution"
SENTENCE = "until 1 December 2026, 23:00 UTC. Code is withheld."


def told(text, level=1, cuts=()):
    """Send an answer in pieces; return what the learner sees."""
    held = Withholding(Binding(level, DUE, None))
    edges = [0, *sorted(cuts), len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    return "".join(held.add(each) for each in pieces) + held.end()


def code_lines(text):
    """Count the lines of code as somebody else's reader of Markdown sees them."""
    blocks = [each for each in MarkdownIt().parse(text) if each.type in {"fence", "code_block"}]
    return sum(bool(line.strip()) for each in blocks for line in each.content.splitlines())


WORDS = st.sampled_from(["Look at the shape", "What does `mean` do?", "Think about rows", "Why"])
LINE = st.text("ab(=.:`~> -#", max_size=12)
CODE = st.lists(LINE.map(lambda line: f"a{line} {SECRET}"), min_size=1, max_size=8)


@st.composite
def fenced(draw):
    mark = draw(st.sampled_from(["```", "~~~", "````", "~~~~~"]))
    before = draw(st.sampled_from(["", " ", "   ", "> ", "- ", "1. ", "> > "]))
    after = before if ">" in before else " " * len(before)
    about = draw(st.sampled_from(["", "python", " r {echo}", "c++"]))
    lines = [f"{after}{line}" for line in draw(CODE)]
    return "\n".join([f"{before}{mark}{about}", *lines, f"{after}{mark}"])


@st.composite
def indented(draw):
    by = draw(st.sampled_from(["    ", "\t", "      "]))
    return "\n".join(["", *(f"{by}{line}" for line in draw(CODE)), ""])


PROSE = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
ANSWER = st.lists(PROSE | fenced() | indented(), min_size=1, max_size=6).map("\n\n".join)
CUTS = st.lists(st.integers(0, 400), max_size=40)


@given(ANSWER, CUTS, st.sampled_from([0, 1]), st.sampled_from(["\n", "\r\n"]))
def test_no_more_code_than_allowed_is_told_however_it_is_cut(answer, cuts, level, end):
    text = answer.replace("\n", end)
    seen = told(text, level, [cut for cut in cuts if cut < len(text)])
    assert sum(SECRET in line for line in seen.splitlines()) <= LEVELS[level]
    assert code_lines(seen) <= LEVELS[level]
    assert seen == told(text, level)


ANYTHING = st.text(st.sampled_from("`~ \t>-*1.)\n\rab<=(x/"), max_size=120)


@given(ANYTHING, CUTS, st.sampled_from([0, 1]))
def test_whatever_comes_is_told_alike_and_shows_no_more_code(text, cuts, level):
    seen = told(text, level, [cut for cut in cuts if cut < len(text)])
    assert seen == told(text, level)
    assert code_lines(seen) <= LEVELS[level]


@given(ANYTHING)
def test_with_everything_allowed_nothing_changes(text):
    assert told(text, 2) == text


@given(st.lists(WORDS, min_size=1, max_size=5).map("\n".join))
def test_words_and_names_of_functions_stay_as_they_are(text):
    assert told(text, 0) == text


def test_a_sentence_says_until_when_once():
    text = "Try:\n\n```python\nx = 1\ny = 2\n```\n\nOr:\n\n```r\nz <- 3\n```\nGood luck."
    seen = told(text, 0)
    assert seen.count(SENTENCE) == 1
    assert seen.count("withheld") == 2
    assert seen.endswith("Good luck.")


def test_three_lines_are_a_hint():
    seen = told("Begin so:\n```python\na = 1\nb = 2\n\nc = 3\nd = 4\n```\nGo on.")
    assert seen.startswith("Begin so:\n```python\na = 1\nb = 2\n\nc = 3\n```\n")
    assert SENTENCE in seen
    assert "d = 4" not in seen


@pytest.mark.parametrize(
    "line",
    [
        "total = sum(x for x in waves)",
        "- total += 1",
        "1. `import numpy as np`",
        "**return a + b**",
        "print(waves.mean())",
        "SELECT height FROM waves",
        "<pre>total</pre>",
        "for wave in waves:",
        "waves %>% summarise(mean(height))",
        "> df.groupby('beach').height.max()",
        "double mean(double *x) {",
    ],
)
def test_code_that_is_written_as_if_it_were_prose_is_none_the_less(line):
    assert line not in told(f"So:\n{line}\nThat is it.", 0)
    assert "That is it." in told(f"So:\n{line}\nThat is it.", 0)


@pytest.mark.parametrize(
    "line",
    [
        "What is the mean (the average) of these?",
        "- If it is empty, what should come out?",
        "Look at `df.groupby`, and at `KeyError`.",
        "1. For each wave: is it higher than the last?",
        "  - Which of them (if any) is the highest?",
        "Import what you need first, then return to cell 3.",
    ],
)
def test_questions_are_told(line):
    assert told(f"{line}\n", 0) == f"{line}\n"


def test_items_within_items_are_no_code():
    text = "- Look at\n    - the rows\n    - the columns\n"
    assert "the columns" in told(text, 0)
    assert "withheld" not in told(text, 0)


def test_a_piece_of_code_within_a_sentence_is_left_out():
    seen = told("Take `max(waves, key=len)` or `max`.", 0)
    assert seen.startswith("Take […] or `max`.")
    assert SENTENCE in seen


def test_several_answers_of_one_agent_share_the_lines():
    held = Withholding(Binding(1, DUE, None))
    text = "```\none = 1\ntwo = 2\n```\n"
    first = held.add(text) + held.end()
    second = held.add(text) + held.end()
    assert code_lines(first) + code_lines(second) == 3
