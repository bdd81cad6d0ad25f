"""Random notebooks and random edits of them."""

import random
from copy import deepcopy

from hypothesis import strategies as st

from jupyter_wove.projects.notebooks import Cell, Notebook

LINES = st.sampled_from(
    ["a = 1", "b = 2", "", "print(a)", "import os", "  x", "# ü", "\r", "\x0c"]
)
SOURCES = st.lists(LINES, max_size=6).map("\n".join)
OUTPUTS = st.lists(
    st.sampled_from(["one\n", "two\n"]).map(
        lambda text: {"output_type": "stream", "name": "stdout", "text": text}
    ),
    max_size=1,
)


def cell(source, identifier=None, kind="code", outputs=()):
    return Cell(identifier, kind, source, list(outputs), None, {}, {})


def notebook(*sources, identified=True):
    cells = [
        cell(source, f"c{number}" if identified else None) for number, source in enumerate(sources)
    ]
    return Notebook(cells, {})


@st.composite
def cells(draw, identifiers):
    kind = draw(st.sampled_from(["code", "markdown"]))
    outputs = draw(OUTPUTS) if kind == "code" else []
    return cell(draw(SOURCES), draw(identifiers), kind, outputs)


IDS = st.one_of(st.none(), st.sampled_from([f"i{number}" for number in range(8)]))


def _unique(notebook):
    seen = {None}
    for one in notebook.cells:
        one.id = None if one.id in seen else one.id
        seen.add(one.id)
    return notebook


NOTEBOOKS = st.lists(cells(IDS), max_size=8).map(lambda found: _unique(Notebook(found, {})))


@st.composite
def edited(draw, base):
    """Change, add, remove and move cells of a notebook."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    new = deepcopy(base)
    for _ in range(draw(st.integers(0, 4))):
        act = rng.choice(["change", "add", "remove", "move"])
        place = rng.randrange(len(new.cells)) if new.cells else 0
        if act == "add":
            new.cells.insert(place, draw(cells(st.none())))
        elif new.cells and act == "remove":
            del new.cells[place]
        elif new.cells and act == "move":
            new.cells.insert(rng.randrange(len(new.cells)), new.cells.pop(place))
        elif new.cells:
            new.cells[place].source = draw(SOURCES)
    return new
