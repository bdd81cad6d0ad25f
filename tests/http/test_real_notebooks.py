"""Notebooks as people have them, old and new, are imported, shown, compared and found.

WOVE_NOTEBOOKS names a folder of others to take; else those of the demo and the templates are
written in every format that there was.
"""

import json
import os
import re
import shutil
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import nbformat
import pytest

from tests.reliability.server import Server

TREE = Path(__file__).parents[2]
OURS = [*TREE.glob("demo/*.ipynb"), *TREE.glob("jupyter_wove/projects/templates/**/*.ipynb")]
MINORS = [(4, minor) for minor in range(6)]
FEWEST = 30
MOST_SECONDS = 120
MOST_TRIES = 6
WORD = re.compile(r"\b[A-Za-z]{5,20}\b")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server whose root has a folder of notebooks."""
    server = Server(tmp_path_factory.mktemp("real") / "server", "Ann")
    _gather(server.root / "collection")
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def imported(server):
    """Each notebook in a project of its own, by its path; or why it was refused."""
    jobs = {path: _adopt(server, path) for path in _notebooks(server)}
    return {path: server.wait_for_job(job, seconds=MOST_SECONDS) for path, job in jobs.items()}


@pytest.fixture(scope="module")
def projects(server, imported):
    """The projects, by the path of the notebook."""
    made = {path: job["result"] for path, job in imported.items() if job["result"]}
    return {
        path: server.api("GET", f"projects/{each['project_id']}").json
        for path, each in made.items()
    }


@pytest.fixture(scope="module")
def words(server, projects):
    """For each notebook some words of its cells, the rarest of all notebooks first."""
    used = {path: Counter(_words(path)) for path in projects}
    total = Counter(word for each in used.values() for word in each)
    return {
        path: sorted(each, key=lambda word: (total[word], word)) for path, each in used.items()
    }


def test_there_are_notebooks_of_every_format(server):
    notebooks = _notebooks(server)
    assert len(notebooks) >= FEWEST or os.environ.get("WOVE_NOTEBOOKS")
    assert notebooks


def test_each_is_imported_or_refused_in_a_sentence(imported):
    wrong = [
        (path, job["problem"])
        for path, job in imported.items()
        if job["state"] != "succeeded" and not 400 <= job["problem"]["status"] < 500
    ]
    assert wrong == []
    assert any(job["state"] == "succeeded" for job in imported.values())


def test_each_has_a_page_that_shows_its_words(server, projects, words):
    wrong = []
    for path, project in projects.items():
        address = f"wove/@ann/{quote(project['slug'])}/files/{quote(path.name)}"
        page = server.ask("GET", address)
        text = page.content.decode()
        if page.status != 200 or (words[path] and not any(word in text for word in words[path])):
            wrong.append((path, page))
    assert wrong == []


def test_each_is_compared_cell_by_cell(server, projects):
    wrong = []
    for path, project in projects.items():
        here = f"projects/{project['id']}"
        _add_a_cell(server.root / project["folder"] / path.name)
        saved = server.api("POST", f"{here}/versions", {"message": "One more cell"}).json
        query = {"path": path.name, "base": "wove/1", "head": saved["id"]}
        answer = server.api("GET", f"{here}/diff", query=query)
        if answer.status != 200 or not answer.json["notebook"]:
            wrong.append((path, answer))
    assert wrong == []


def test_each_is_found_by_a_word_of_one_of_its_cells(server, projects, words):
    missing = [
        path for path in projects if words[path] and not _is_found(server, path, projects, words)
    ]
    assert missing == []


def _gather(folder):
    """Copy the notebooks that were named, or write ours in all formats."""
    if given := os.environ.get("WOVE_NOTEBOOKS"):
        shutil.copytree(given, folder, ignore=lambda _, names: {".git"} & set(names))
        return
    folder.mkdir()
    for source in OURS:
        notebook = nbformat.read(source, as_version=4)
        for major, minor in MINORS:
            _write(folder / f"{source.stem}-{major}-{minor}.ipynb", _as_minor(notebook, minor))
        for major in (3, 2):
            notebook = nbformat.convert(notebook, major)
            _write(folder / f"{source.stem}-{major}.ipynb", notebook)


def _as_minor(notebook, minor):
    cells = [{**cell} for cell in notebook.cells]
    for cell in cells if minor < 5 else []:
        cell.pop("id", None)
    return {**notebook, "cells": cells, "nbformat_minor": minor}


def _write(path, notebook):
    path.write_text(json.dumps(notebook))


def _notebooks(server):
    return sorted((server.root / "collection").rglob("*.ipynb"))


def _adopt(server, path):
    body = {"path": path.relative_to(server.root).as_posix()}
    answer = server.api("POST", "imports/folder", body)
    assert answer.status == 202, (path, answer)
    return answer.json["id"]


def _words(path):
    """List the words in the cells of a notebook of any format."""
    try:
        document = json.loads(path.read_bytes())
    except ValueError:
        return []
    sheets = document.get("worksheets") or [document]
    cells = [cell for sheet in sheets for cell in sheet.get("cells", [])]
    sources = (cell.get("source", cell.get("input", "")) for cell in cells)
    return [word for source in sources for word in WORD.findall("".join(source))]


def _add_a_cell(path):
    document = json.loads(path.read_bytes())
    cells = document["worksheets"][0]["cells"] if "worksheets" in document else document["cells"]
    cells.append({"cell_type": "markdown", "metadata": {}, "source": ["One more"]})
    _write(path, document)


def _is_found(server, path, projects, words):
    until = time.monotonic() + MOST_SECONDS
    while time.monotonic() < until:
        for word in words[path][:MOST_TRIES]:
            query = {"q": f'"{word}"', "where": "cells", "limit": 100}
            hits = server.api("GET", "search", query=query).json["items"]
            if any(hit["project"]["id"] == projects[path]["id"] for hit in hits):
                return True
        time.sleep(0.5)
    return False
