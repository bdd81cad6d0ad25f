"""Which cells a cell is built on."""

import pytest

from jupyter_wove.ai.context.names import names_of
from jupyter_wove.ai.context.slices import slice_of

NOTEBOOK = [
    "import pandas as pd",
    "waves = pd.read_csv('waves.csv')",
    "unrelated = 1",
    "def height(table):\n    return table.max() - table.min()",
    "# Results",
    "tallest = height(waves)",
    "unrelated += 1",
]


def test_a_cell_is_built_on_what_made_its_names_and_on_what_those_needed():
    assert slice_of(NOTEBOOK, 5) == [0, 1, 3]
    assert slice_of(NOTEBOOK, 6) == [2]
    assert slice_of(NOTEBOOK, 0) == []


def test_a_name_is_made_by_the_nearest_cell_above_or_else_by_one_below():
    assert slice_of(["x = 1", "x = 2", "print(x)", "x = 3"], 2) == [1]
    assert slice_of(["print(x)", "x = 1"], 0) == [1]
    assert slice_of(["a = b", "b = a"], 0) == [1]


@pytest.mark.parametrize(
    ("source", "made", "needed"),
    [
        ("a, *b = c", "a b", "c"),
        ("import x.y, z as w", "x w", ""),
        ("for i in rows:\n    total += i", "i total", "rows total"),
        ("f = lambda p: p + q", "f", "q"),
        ("s = [n * k for n in ns]", "s", "k ns"),
        ("with open(path) as file:\n    pass", "file", "path"),
        ("class C(Base):\n    x = 1\n    def m(self):\n        return y", "C", "Base y"),
        ("try:\n    pass\nexcept E as e:\n    raise", "e", "E"),
        ("if (n := len(xs)):\n    pass", "n", "xs"),
        ("%matplotlib inline\n!ls\nd = e?", "", ""),
        ("%matplotlib inline\nd = e", "d", "e"),
        ("%%bash\nx = 1", "", ""),
        ("x = 1\nprint(x)", "x", ""),
        ("this is no Python", "", ""),
        ("", "", ""),
        ("(" * 5000 + ")" * 5000, "", ""),
    ],
)
def test_names_of_a_cell(source, made, needed):
    found = names_of(source)
    assert found.made == set(made.split())
    assert found.needed == set(needed.split())
