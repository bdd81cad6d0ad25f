"""A comment is found again however its document changed, or is outdated; it is never lost."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_wove.collaboration.comments.anchors import Piece, find, find_quote, mark
from jupyter_wove.collaboration.comments.models import Anchor, Found, Quote

CASES = json.loads((Path(__file__).parent / "anchors.json").read_text())
LINES = st.lists(
    st.sampled_from(["import numpy", "x = 1", "x = 2", "print(x)", "mean(x)", "", "# é 😀"]),
    max_size=6,
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_meant_is_found(case):
    content = case["content"]
    if isinstance(content, list):
        content = [Piece(**each) for each in content]
    anchor = msgspec.convert(case["anchor"], Anchor)
    assert find(anchor, content) == msgspec.convert(case["found"], Found)


def a_quote_of(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    return Quote(text[start:end], start, text[max(0, start - 64) : start], text[end : end + 64])


@given(st.data(), LINES, LINES, LINES)
def test_an_edited_text_has_the_words_or_the_comment_is_outdated(data, before, kept, after):
    text = "\n".join(kept)
    if not text:
        return
    quote = a_quote_of(text, data)
    becomes = "\n".join([*before, *kept, *after])
    found = find(Anchor(None, quote), becomes)
    if found.sure == "certain":
        assert becomes[found.start : found.end] == quote.text
    elif found.sure == "likely":
        assert 0 <= found.start < found.end <= len(becomes)
    else:
        assert (found.start, found.end) == (None, None)


@given(st.data(), LINES.filter(any), LINES)
def test_words_that_only_moved_down_are_found(data, kept, before):
    text = "\n".join(kept)
    quote = a_quote_of(text, data)
    if len(quote.text) > 4:
        assert find_quote(quote, "\n".join([*before, text])).is_certain


@given(st.data(), st.lists(LINES, min_size=1, max_size=5))
def test_a_cell_that_is_there_is_never_taken_for_another(data, sources):
    pieces = [Piece(str(at), "code", "\n".join(lines)) for at, lines in enumerate(sources)]
    chosen = data.draw(st.sampled_from(pieces))
    anchor = Anchor(mark(pieces, chosen.id), None)
    assert find(anchor, pieces[::-1]).cell == chosen.id
    others = [piece for piece in pieces if piece != chosen]
    assert find(anchor, others) == Found("outdated", None, None, None)
