"""While one types, a model is told what matters of it, and its answer is made to fit there."""

import pytest

from jupyter_wove.ai import Typed, asked, catalogue, inserted, read_typed
from jupyter_wove.ai.tokens import estimate
from jupyter_wove.kit.errors import BadRequest, InvalidRequest, Unavailable

MODEL = {"name": "small", "provider": "openai", "model": "small"}


def told(**typed):
    return asked(Typed(**typed), catalogue([MODEL], [], []))["messages"][-1]["content"]


def test_the_fast_route_is_asked_where_there_is_one():
    fast = [{"name": "slow", "deployments": ["small"]}, {"name": "fast", "deployments": ["small"]}]
    request = asked(Typed(before="x"), catalogue([MODEL], fast, []))
    assert request["model"] == "fast"
    assert request["wove"] == {"purpose": "completion"}
    assert asked(Typed(before="x"), catalogue([MODEL], [], []))["model"] == "small"
    with pytest.raises(Unavailable):
        asked(Typed(before="x"), catalogue([], [], []))


def test_cells_that_make_the_names_come_first_and_all_of_it_fits():
    above = ["waves = [1, 2]"] + [f"v{number} = {number}  # words\n" * 30 for number in range(40)]
    text = told(before="print(wa", behind=")", above=above)
    assert "waves = [1, 2]" not in text  # nothing names them yet
    text = told(before="print(waves, ", behind=")", above=above)
    assert text.endswith("The python where they type:\n\nprint(waves, <CURSOR>)")
    assert "waves = [1, 2]" in text
    assert "v39 = 39" in text
    assert estimate(text) < 1500


def test_no_secret_is_told():
    text = told(before="key = 'sk-abcdefghijklmnop1234'\n", above=["password = 'hunter2hunter2'"])
    assert "sk-abc" not in text
    assert "hunter2" not in text


@pytest.mark.parametrize(
    ("answer", "before", "behind", "text"),
    [
        ("numpy as np", "import ", "", "numpy as np"),
        ("```python\nnumpy as np\n```", "import ", "", "numpy as np"),
        ("```\nx\n```\nThat is it.", "", "", "x"),
        ("import numpy as np", "import nu", "", "mpy as np"),
        ("    return x", "def f(x):\n    re", "", "turn x"),
        ("return x", "def f(x):\n    re", "", "turn x"),
        ("def f(x):\n    return x", "def f(x):\n    ", "", "return x"),
        ("1, 2)", "f(", ")", "1, 2"),
        ("foo(x)", "print(", ")", "foo(x)"),
        ("foo(x))", "print(", ")", "foo(x)"),
        ("x\n", "y = ", "\n\nz = 3", "x"),
        ("   \n\n", "y = ", "", ""),
        ("", "y = ", "", ""),
        ("\n".join("abcdefghijklmnop"), "", "", "\n".join("abcdefghijkl")),
        ("<CURSOR>3", "y = ", "", "3"),
    ],
)
def test_an_answer_is_made_to_fit(answer, before, behind, text):
    assert inserted(answer, before, behind) == text


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"before": 3}', b'{"before": "", "x": 1}']
)
def test_odd_requests_are_refused(content):
    with pytest.raises((BadRequest, InvalidRequest)):
        read_typed(content)


KEY = "sk-proj-" + "abcdefghij" * 3
PRIVATE = "-----BEGIN PRIVATE KEY-----\n" + "QUJD" * 1500 + "\n-----END PRIVATE KEY-----\n"


@pytest.mark.parametrize("place", range(0, len(KEY), 3))
def test_no_part_of_a_key_is_told_wherever_the_text_is_cut(place):
    text = told(before=f"k = '{KEY}'\n" + "x" * (3000 - place))
    assert "abcdefghij" not in text
    text = told(before="k = '", behind=KEY + "'")
    assert "abcdefghij" not in text
    text = told(before=f"k = '{KEY[:place]}", behind=f"{KEY[place:]}'")
    assert "abcdefgh" not in text


def test_nothing_of_a_private_key_is_told():
    assert "QUJDQUJD" not in told(before=f"pem = {PRIVATE}\nx")
    assert "QUJDQUJD" not in told(before="x", above=[PRIVATE])
