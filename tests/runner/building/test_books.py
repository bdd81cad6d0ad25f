"""Documentation and JupyterLite are built into sites."""

import json

import pytest

from tests.runner.building.books import book

pytestmark = pytest.mark.slow


def test_sphinx_builds_its_pages(runner):
    files = {
        "docs/conf.py": "project = 'Waves'\nextensions = ['myst_parser']\nhtml_theme = 'furo'",
        "docs/index.md": "# Waves of water\n\nWords.",
    }
    assert "Waves of water" in runner.page(runner.build(files).built)


def test_a_jupyter_book_is_built(runner):
    files = {
        "_config.yml": "title: Waves\nexecute:\n  execute_notebooks: 'off'\n",
        "_toc.yml": "format: jb-book\nroot: intro\n",
        "intro.md": "# Waves of water\n",
    }
    outcome = runner.build(files)
    assert "Waves of water" in runner.page(outcome.built, "intro.html")


def test_jupyterlite_is_built_with_the_files_of_the_project_and_says_where_its_python_is(runner):
    files = {"jupyter_lite_config.json": "{}", "content/a.ipynb": book("1")}
    outcome = runner.build(files)
    listed = json.loads(runner.page(outcome.built, "api/contents/all.json"))
    assert [each["name"] for each in listed["content"]] == ["a.ipynb"]
    assert "CDN" in outcome.log
