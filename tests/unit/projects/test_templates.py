import ast
import json
import re
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from jupyter_wove.kit.errors import NotFound
from jupyter_wove.kit.markdown import headline, to_html
from jupyter_wove.projects.templates import scaffold, templates
from tests.corpora.xss import SHORT

NAMES = [template.name for template in templates()]
NOTEBOOKS = {
    "analysis": "analysis.ipynb",
    "teaching-lab": "lab.ipynb",
    "dashboard": "dashboard.ipynb",
    "api": "client.ipynb",
}


@pytest.fixture
def made(tmp_path):
    def make(name, title="Wave physics"):
        scaffold(name, tmp_path / name, title)
        return tmp_path / name

    return make


def run(folder, notebook):
    book = nbformat.read(folder / notebook, as_version=4)
    metadata = {"path": str(folder)}
    NotebookClient(book, timeout=60, resources={"metadata": metadata}).execute()
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    return "".join(str(output.get("text", output.get("data", ""))) for output in outputs)


def test_there_are_four_templates_and_an_empty_one():
    assert NAMES == ["empty", "analysis", "teaching-lab", "dashboard", "api"]
    assert all(template.title and template.description for template in templates())


@pytest.mark.parametrize("name", NAMES)
def test_a_project_starts_with_its_title_and_without_leftovers(made, name):
    folder = made(name)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert (folder / "README.md").read_text().startswith("# Wave physics\n")
    assert ".ipynb_checkpoints/" in (folder / ".gitignore").read_text()
    assert not [path for path in files if "{{" in path.read_text()]
    assert not [path for path in files if "__pycache__" in path.parts]


@pytest.mark.parametrize("name", NAMES)
def test_a_readme_names_every_file(made, name):
    folder = made(name)
    readme = (folder / "README.md").read_text()
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in {"README.md", ".gitignore"}:
            assert f"`{path.relative_to(folder)}`" in readme


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_valid_and_its_cells_keep_their_ids(made, name):
    folder = made(name)
    book = nbformat.read(folder / NOTEBOOKS[name], as_version=nbformat.NO_CONVERT)
    nbformat.validate(book)
    assert (book.nbformat, book.nbformat_minor) == (4, 5)
    assert all(re.fullmatch(r"[a-z0-9-]+", cell.id) for cell in book.cells)
    assert book.cells[0].source.startswith("# Wave physics")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_with_what_is_installed(made, name):
    assert run(made(name), NOTEBOOKS[name])


def test_a_learner_is_told_what_is_missing_and_when_it_is_done(made):
    folder = made("teaching-lab")
    assert "0 of 3 tasks are done" in run(folder, "lab.ipynb")
    lab = (folder / "lab.ipynb").read_text()
    solved = (
        lab.replace("period = ...", "period = 1 / 4")
        .replace('    ..."', '    return speed / frequency"')
        .replace("loudest = ...", "loudest = 'B'")
    )
    (folder / "lab.ipynb").write_text(solved)
    assert "3 of 3 tasks are done" in run(folder, "lab.ipynb")


def test_the_analysis_finds_its_answer(made):
    assert "Valley has the largest difference" in run(made("analysis"), "analysis.ipynb")


def test_the_code_of_a_template_can_be_read(made):
    for name in NAMES:
        for path in made(name).rglob("*.py"):
            assert ast.get_docstring(ast.parse(path.read_text()))


def test_the_forecast_of_the_api_computes(made):
    code = "import forecast; print(forecast.forecast([1, 2, 3], 2))"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=made("api"), capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[2.25, 2.25]\n"


@pytest.mark.parametrize("title", SHORT[::4], ids=lambda title: ascii(title)[:40])
def test_a_title_is_text_and_nothing_else(tmp_path, title):
    for name in NAMES:
        scaffold(name, tmp_path / name, title)
    shown = to_html((tmp_path / "empty/README.md").read_text())
    assert shown.count("<h1>") == 1
    assert "<img" not in shown
    for name, notebook in NOTEBOOKS.items():
        book = json.loads((tmp_path / name / notebook).read_text())
        code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
        assert "__xss" not in json.dumps(code)


def test_a_title_is_shown_letter_by_letter(made):
    title = "A_b *c* <d> [e](f) #1 $x$ & `g` {h} \\i"
    assert headline((made("empty", title) / "README.md").read_text())[0] == title


def test_a_file_that_is_there_is_kept(tmp_path):
    (tmp_path / "README.md").write_text("mine")
    scaffold("empty", tmp_path, "Waves")
    assert (tmp_path / "README.md").read_text() == "mine"


def test_an_unknown_template_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        scaffold("../api", tmp_path / "x", "Waves")
    assert not (tmp_path / "x").exists()
