import json

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_wove.projects.detection import CODE_FILES, FILE_BYTES, Facts, detect
from tests.corpora.xss import STRINGS

MIT = b"MIT License\n\nPermission is hereby granted, free of charge, to any person"
BSD = b"Redistribution and use in source and binary forms, with or without\nmodification"


def files(**named):
    return [(path, lambda content=content: content) for path, content in named["of"].items()]


def facts(of):
    return detect(files(of=of))


def notebook(*sources, **metadata):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=metadata)).encode()


def kernel(name, language):
    return {"kernelspec": {"name": name, "display_name": name, "language": language}}


def test_a_notebook_tells_its_language_and_libraries():
    book = notebook(
        "%pip install pandas\n!ls\nimport numpy as np, pandas",
        "from sklearn.svm import SVC\nimport matplotlib.pyplot as plt  # import torch",
        **kernel("python3", "python"),
    )
    seen = facts({"a.ipynb": book})
    assert seen.stack == ["python", "matplotlib", "numpy", "pandas", "scikit-learn"]


def test_what_is_used_most_comes_first():
    seen = facts({f"{n}.py": b"import scipy" for n in range(3)} | {"x.py": b"import numpy"})
    assert seen.stack == ["python", "scipy", "numpy"]


@pytest.mark.parametrize(("name", "language"), [("ir", "R"), ("julia-1.11", "julia")])
def test_other_languages_are_told_by_the_kernel(name, language):
    assert facts({"a.ipynb": notebook("x", **kernel(name, language))}).stack == [language.lower()]


def test_an_old_notebook_is_read():
    cells = [{"cell_type": "code", "input": ["import numpy\n", "import scipy"]}]
    book = {"nbformat": 3, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}
    assert facts({"a.ipynb": json.dumps(book).encode()}).stack == ["python", "numpy", "scipy"]


def test_an_unknown_module_is_not_shown():
    assert facts({"a.py": b"import <script>\nimport my_secret_client"}).stack == ["python"]


@pytest.mark.parametrize(
    ("name", "text", "licence"),
    [
        ("LICENSE", MIT, "MIT"),
        ("licence.md", BSD, "BSD-2-Clause"),
        ("LICENSE.txt", BSD + b"\nNeither the name of", "BSD-3-Clause"),
        ("COPYING", b"GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007", "GPL-3.0"),
        ("LICENSE-DATA", b"Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("LICENSE", b"Do what you like.", None),
        ("docs/LICENSE", MIT, None),
        ("pyproject.toml", b'[project]\nlicense = "Apache-2.0"', "Apache-2.0"),
        ("pyproject.toml", b'[project]\nlicense = {text = "mit"}', "MIT"),
        ("pyproject.toml", b'[project]\nlicense = "<script>"', None),
        ("pyproject.toml", b"[project\n", None),
        ("pyproject.toml", b"a = " + b"[" * 50_000, None),
    ],
)
def test_a_licence_is_recognised_by_its_words(name, text, licence):
    assert facts({name: text}).licence == licence


def test_the_readme_gives_title_and_description():
    readme = b"# Waves\n\nHow *waves* move.\n\nMore.\n"
    seen = facts({"README.md": readme, "docs/README.md": b"# Other"})
    assert (seen.title, seen.description) == ("Waves", "How waves move.")


def test_a_long_description_is_cut():
    seen = facts({"README.md": b"# T\n\n" + b"word " * 1000})
    assert len(seen.description) <= 300
    assert seen.description.endswith("…")


def test_nothing_is_known_of_nothing():
    assert facts({}) == Facts()
    assert facts({"a.csv": b"1,2"}) == Facts()


HOSTILE = {
    "deep": b"[" * 1_000_000,
    "deep cells": b'{"cells":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "no object": b"[]",
    "number": b"1e999",
    "large number": b'{"cells":' + b"9" * 100_000 + b"}",
    "wrong kinds": b'{"cells":[1,null,{"cell_type":"code","source":7}],"metadata":[]}',
    "wrong kernel": b'{"cells":[],"metadata":{"kernelspec":{"language":["x"],"name":{}}}}',
    "not text": b"\xff\xfe\x00",
    "surrogates": b'{"cells":[{"cell_type":"code","source":"\\ud800"}]}',
    "empty": b"",
    "commas": b"import " + b"," * 100_000,
    "imports": b"import " * 100_000,
    "spaces": b" " * 1_000_000,
    "from": b"from " + b"a." * 500_000,
    "minus": b"-" * 100_000 + b"1",
    "brackets": b"(" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("path", ["a.ipynb", "a.py", "README.md", "LICENSE", "pyproject.toml"])
def test_a_hostile_file_counts_for_nothing(path, name):
    seen = facts({path: HOSTILE[name], "b.py": b"import numpy"})
    assert set(seen.stack) == {"python", "numpy"}


@pytest.mark.parametrize("text", STRINGS[::3], ids=range(len(STRINGS[::3])))
def test_a_hostile_readme_is_text(text):
    facts({"README.md": text.encode(errors="replace")})


@given(st.binary(max_size=200), st.sampled_from(["a.ipynb", "a.py", "README.md", "LICENSE"]))
def test_no_bytes_are_too_strange(content, path):
    assert isinstance(facts({path: content}), Facts)


def test_only_so_many_files_are_read():
    read = []

    def reader(content=b"import numpy"):
        read.append(1)
        return content

    detect((f"{n}.py", reader) for n in range(100_000))
    assert len(read) == CODE_FILES


def test_a_file_that_is_too_large_is_left_out():
    assert facts({"a.py": b"import numpy\n" + b"#" * FILE_BYTES}).stack == ["python"]
