"""What an author says in `wove.toml` goes before what is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_wove.deploy import plan_toml
from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.runner import Plan
from tests.unit.deploy.recipes.projects import RUN, book, plan

BOOK = {"a.ipynb": book("1", outputs=RUN)}


def test_what_is_said_replaces_what_is_seen():
    found = plan(BOOK | {"wove.toml": '[deploy]\nkind = "voila"\nmemory_mb = 1024'})
    assert (found.kind, found.memory_mb, found.entry) == ("voila", 1024, "a.ipynb")


def test_another_file_can_be_begun_with():
    files = {"app.py": "import streamlit", "other.py": "import gradio"}
    found = plan(files | {"wove.toml": '[deploy]\nentry = "other.py"'})
    assert (found.kind, found.start) == ("gradio", ["python", "other.py"])


def test_a_kind_needs_its_file():
    with pytest.raises(InvalidRequest, match=r"add a handler.py"):
        plan(BOOK | {"wove.toml": '[deploy]\nkind = "function"'})


def test_a_kind_may_be_insisted_on_with_a_file():
    files = {"x.ipynb": book("1"), "wove.toml": '[deploy]\nkind = "voila"\nentry = "x.ipynb"'}
    assert plan(files).start[-1] == "x.ipynb"


def test_a_file_that_is_missing_is_told():
    with pytest.raises(InvalidRequest, match=r"no file 'b.ipynb'"):
        plan(BOOK | {"wove.toml": '[deploy]\nentry = "b.ipynb"'})


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('[deploy]\nkind = "voila"\nmemory = 3', 3, "memory"),
        ("[deploy]\n\nport = 80", 3, "port"),
        ('[deploy]\ncpus = "two"', 2, "cpus"),
        ('\n[deplyo]\nkind = "voila"', 2, "deplyo"),
        ("deploy = 1", 1, "deploy"),
    ],
)
def test_what_is_not_known_or_does_not_fit_is_refused_with_its_line(text, line, word):
    with pytest.raises(InvalidRequest, match=rf"Line {line} of wove.toml: '{word}'"):
        plan(BOOK | {"wove.toml": text})


def test_a_kind_that_there_is_not_is_refused():
    with pytest.raises(InvalidRequest, match=r"must be one of saved, executed"):
        plan(BOOK | {"wove.toml": '[deploy]\nkind = "magic"'})


def test_what_is_no_toml_is_refused():
    with pytest.raises(InvalidRequest, match=r"cannot be read.*end of a table"):
        plan(BOOK | {"wove.toml": "[deploy"})


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


@given(st.lists(texts, max_size=4), st.lists(st.lists(texts), max_size=3), st.integers(64, 2048))
def test_a_plan_that_is_written_down_is_read_as_the_same(requirements, prepare, memory):
    written = Plan(
        kind="site", entry="index.html", requirements=requirements, prepare=prepare,
        memory_mb=memory, base="none", site="out", health="/\x7fé",
    )  # fmt: skip
    assert plan({"index.html": "<p>", "wove.toml": plan_toml(written)}) == written


def test_what_somebody_looks_at_goes_before_what_its_author_says():
    files = BOOK | {"b.ipynb": book("2"), "wove.toml": '[deploy]\nkind = "saved"\nmemory_mb = 96'}
    found = plan(files, kind="voila", entry="b.ipynb")
    assert (found.kind, found.entry, found.memory_mb) == ("voila", "b.ipynb", 96)
