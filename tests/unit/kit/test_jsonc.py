"""JSON with comments is read as people write it."""

import pytest

from jupyter_wove.kit.jsonc import loads


def test_comments_and_trailing_commas_are_left_out():
    assert loads('{\n  // why\n  "a": [1, 2,],\n  "b": "http://x",\n}') == {
        "a": [1, 2],
        "b": "http://x",
    }


@pytest.mark.parametrize("text", ["", "[1]", "{", "[" * 100_000, "nothing"])
def test_what_is_no_object_is_an_empty_one(text):
    assert loads(text) == {}
