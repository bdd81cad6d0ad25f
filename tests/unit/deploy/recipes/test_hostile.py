"""Whatever the files are, a plan comes of them or a sentence."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.deploy import detect
from jupyter_wove.kit.errors import WoveError
from tests.unit.deploy.recipes.projects import Written, book, plan

NAMES = [
    "app.py", "main.py", "handler.py", "a.ipynb", "index.ipynb", "requirements.txt", "uv.lock",
    "environment.yml", "pyproject.toml", "package.json", "wrangler.toml", "wrangler.jsonc",
    "wove.toml", "docs/conf.py", "docs/index.rst", "_config.yml", "_toc.yml", "index.html",
    "requirements.lock", "pylock.toml", "worker.js", "jupyter_lite_config.json",
]  # fmt: skip
PIECES = st.sampled_from(
    [
        "import streamlit\n", "from fastapi import FastAPI\napp = FastAPI()\n", "-r app.py\n",
        '{"cells": [', "]}", "{}", "[[", "- pip:\n", "dependencies:\n", "&a [*a]\n", "[deploy]\n",
        "kind = 3\n", "def handler(event, context): pass\n", "((" * 200, "x = 1\n" * 50, "\0",
        "é" * 3, "\ud800", "main = 7\n", "2001-99-99", "1e999", "!!python/name:os.system x\n",
        '{"scripts": {"build": 1, "start": []}, "dependencies": [1]}',
        '{"dependencies": {"a": 3}}',
        '[project]\ndependencies = 3\n', "[project]\ndependencies = [3, {}]\n", "-e .\n",
    ]
)  # fmt: skip
CONTENT = st.one_of(
    st.lists(PIECES, max_size=6).map("".join).map(lambda text: text.encode("utf-8", "replace")),
    st.binary(max_size=200),
    st.recursive(
        st.none() | st.text(max_size=5) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["cells", "metadata", "source", "cell_type", "kernelspec", "outputs"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=8,
    ).map(lambda tree: json.dumps(tree).encode()),
)


def becomes_something(files):
    """See what files become; nothing but a sentence may come instead."""
    try:
        return plan(files)
    except WoveError as error:
        assert str(error).strip()
        return None


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=20), CONTENT, max_size=6))
def test_no_file_breaks_it(files):
    becomes_something(files)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 100_000, "-" * 200_000 + "1", "x" + ".y" * 100_000, "[" * 90 + "]" * 90, "\0",
        "if 1:\n" * 99,
    ],
    ids=["deep", "signs", "dots", "lists", "zero", "cut off"],
)  # fmt: skip
def test_code_that_no_parser_likes_is_left_alone(source):
    becomes_something({"app.py": source, "a.ipynb": book(source, "import streamlit")})


@pytest.mark.parametrize("name", ["../app.py", "/app.py", "a\\app.py", "a/../app.py", "\n.py", ""])
def test_names_that_lead_elsewhere_are_not_read(name):
    class Watched(Written):
        def read(self, path):
            assert path != name
            return super().read(path)

    files = Watched({name: "import streamlit", "index.html": "<p>"})
    assert detect(files).kind == "site"


def test_a_huge_file_is_not_read():
    class Huge(Written):
        def names(self):
            return super().names() | {"app.py": 10**12, "b.ipynb": 10**12}

        def read(self, path):
            assert path not in {"app.py", "b.ipynb"}
            return super().read(path)

    assert detect(Huge({"index.html": "<p>"})).kind == "site"


def test_a_nest_of_yaml_aliases_takes_no_time():
    bomb = "a: &a [x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)},*{chr(97 + i)}]\n" for i in range(24)
    )
    found = plan({"app.py": "import streamlit", "environment.yml": bomb + "dependencies: *y"})
    assert found.kind == "streamlit"


def test_many_files_take_little_time():
    files = {f"folder{i}/m{i}.py": "import numpy\n" for i in range(3000)}
    assert becomes_something({**files, "app.py": "import streamlit"}).kind == "streamlit"
