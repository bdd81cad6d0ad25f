"""Whatever stands in a file, its facts are found soon, or none are."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.search.facts import facts_of_code

PATHS = ["a.py", "a.R", "a.jl", "a.md", "a.sh"]
HOSTILE = [
    *(
        "a.b",
        ".b",
        "read.csv",
        "read.csv('",
        "library(",
        "using ",
        "\n",
        " ",
        "\t",
        "%time ",
        "-1",
    ),
    *("geom_", "$a", "$$", "![", "--|", "```\n", "`", "'#", "\"'", "# %%\n", "Axes", "a=!", "::"),
    *(
        "http://a.",
        "!kaggle datasets download ",
        "data(",
        "\\[",
        "a::b",
        "f(",
        "using A: ",
        "\r\n",
    ),
]


def seconds(path, text):
    """Measure how long a processor is at it: no load makes that longer."""
    start = time.thread_time()
    facts_of_code(path, text)
    return time.thread_time() - start


@pytest.mark.parametrize(
    "code",
    [
        "(" * 50_000,
        "-" * 50_000 + "1",
        "a" + ".b()" * 15_000,
        "a" + ".b()" * 15_000 + "(",
        "a" + " + a" * 15_000,
        "lambda:" * 8_000 + "1",
        "s = 'ab'\n" + "s = s + s\n" * 5_000,
        "for a in ['1', '2', '3', '4', '5']:\n  x = a + a + a + a + a\n" * 1_000,
        "x = (1,\ny = pd.read_csv('a.csv'\n" * 1_500,
        "%x y\n" * 10_000,
        "?" * 60_000,
        "x," * 25_000 + "=!y",
        "\0\ud800" * 1_000,
    ],
    ids=lambda code: code[:12].encode("ascii", "replace").decode(),
)
def test_hostile_python_ends(code):
    assert seconds("a.py", code) < 30


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_hostile_text_ends(path, piece):
    assert seconds(path, piece * (64_000 // len(piece))) < 30


@settings(max_examples=150, deadline=None)
@given(st.text(), st.sampled_from(PATHS))
def test_any_text_can_be_read(text, path):
    for kind, value in facts_of_code(path, text):
        assert kind and value


CODE = st.lists(
    st.sampled_from(
        [
            "import a as b",
            "b.c",
            "\n",
            "(",
            ")",
            "[",
            "'x.csv'",
            "=",
            "%time ",
            "!ls",
            "?",
            ":",
            "  ",
            "def f",
            "lambda x",
            "for y in",
            "pd.read_csv",
            ".plot",
            "\\",
            '"""',
            "await ",
            "#",
            "\t",
        ]
    )
)


@settings(max_examples=150, deadline=None)
@given(CODE)
def test_broken_code_can_be_read(pieces):
    facts_of_code("a.py", "".join(pieces))
