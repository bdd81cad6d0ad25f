from pathlib import Path

import nbformat
import pytest

from jupyter_wove.projects.detection import detect

DEMO = Path(__file__).parents[3] / "demo"
FILES = [path for path in sorted(DEMO.rglob("*")) if path.is_file() and ".ipynb_" not in str(path)]
NOTEBOOKS = [path for path in FILES if path.suffix == ".ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_of_the_demo_is_valid_and_was_run(path):
    book = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(book)
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    assert outputs
    assert not [output for output in outputs if output.output_type == "error"]


def test_the_demo_is_small():
    assert len(NOTEBOOKS) == 4
    assert sum(path.stat().st_size for path in FILES) < 500_000


def test_the_demo_says_what_it_is_made_of():
    files = [(str(path.relative_to(DEMO)), path.read_bytes) for path in FILES]
    facts = detect(files)
    assert facts.title == "A tour of Jupyter Wove"
    assert set(facts.stack) == {"python", "ipywidgets", "matplotlib", "numpy", "pandas"}


def test_the_readme_names_every_file_of_the_demo():
    readme = (DEMO / "README.md").read_text()
    named = [path for path in FILES if path.name.endswith((".ipynb", ".csv"))]
    assert all(f"`{path.relative_to(DEMO)}`" in readme for path in named)
