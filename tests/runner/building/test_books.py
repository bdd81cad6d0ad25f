"""Documentation and JupyterLite are built into sites."""

import json

from tests.runner.building.books import book


def test_sphinx_builds_its_pages(docker):
    files = {
        "docs/conf.py": "project = 'Waves'\nextensions = ['myst_parser']\nhtml_theme = 'furo'",
        "docs/index.md": "# Waves of water\n\nWords.",
    }
    assert "Waves of water" in docker.page(docker.build(files).built)


def test_a_jupyter_book_is_built(docker):
    files = {
        "_config.yml": "title: Waves\nexecute:\n  execute_notebooks: 'off'\n",
        "_toc.yml": "format: jb-book\nroot: intro\n",
        "intro.md": "# Waves of water\n",
    }
    outcome = docker.build(files)
    assert "Waves of water" in docker.page(outcome.built, "intro.html")


def test_jupyterlite_is_built_with_the_files_of_the_project_and_says_where_its_python_is(docker):
    files = {"jupyter_lite_config.json": "{}", "content/a.ipynb": book("1")}
    outcome = docker.build(files)
    listed = json.loads(docker.page(outcome.built, "api/contents/all.json"))
    assert [each["name"] for each in listed["content"]] == ["a.ipynb"]
    assert "CDN" in outcome.log
