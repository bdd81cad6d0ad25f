"""What projects become, by their files."""

import json

import pytest

from jupyter_wove.kit.errors import InvalidRequest, WoveError
from tests.unit.deploy.recipes.projects import RUN, book, plan

EDGE = "export default { async fetch(request) { return new Response('hello'); } };"
WIDGET = book("from ipywidgets import x", outputs=RUN)
PANEL = book("%matplotlib inline\nimport panel")
SHINY = "from shiny import App, ui\napp = App(ui.page_fluid())"
FUNCTION = "def handler(event, context):\n  return 1"
SPHINX = {
    "docs/conf.py": "project = 'Waves'\nextensions = ['myst_parser']",
    "docs/index.md": "# A",
}


def package(**fields):
    return json.dumps(fields)


KINDS = {
    "a notebook that has been run": ({"a.ipynb": book("1", outputs=RUN)}, "saved", "a.ipynb"),
    "a notebook that has not": ({"a.ipynb": book("print(1)")}, "executed", "a.ipynb"),
    "a notebook of words": ({"a.ipynb": book()}, "saved", "a.ipynb"),
    "widgets": ({"w.ipynb": book("import ipywidgets as w")}, "voila", "w.ipynb"),
    "widgets, run": ({"w.ipynb": WIDGET}, "voila", "w.ipynb"),
    "pages": ({"index.html": "<p>"}, "site", "index.html"),
    "pages in a folder": ({"public/index.html": "<p>"}, "site", "public/index.html"),
    "FastAPI": ({"main.py": "from fastapi import FastAPI\napi = FastAPI()"}, "asgi", "main.py"),
    "FastAPI in a package": (
        {"app/main.py": "import fastapi as f\napp = f.FastAPI()"},
        "asgi",
        "app/main.py",
    ),
    "Starlette": (
        {"app.py": "from starlette.applications import Starlette as S\napp = S()"},
        "asgi",
        "app.py",
    ),
    "Flask": ({"app.py": "from flask import Flask\napp = Flask(__name__)"}, "wsgi", "app.py"),
    "Flask from a factory": (
        {"app.py": "from flask import Flask\ndef create_app():\n  return Flask(__name__)"},
        "wsgi",
        "app.py",
    ),
    "Dash": ({"app.py": "import dash\nx = dash.Dash(__name__)"}, "dash", "app.py"),
    "Streamlit": ({"streamlit_app.py": "import streamlit as st"}, "streamlit", "streamlit_app.py"),
    "Streamlit by another name": ({"sales.py": "import streamlit"}, "streamlit", "sales.py"),
    "Gradio": ({"app.py": "import gradio as gr"}, "gradio", "app.py"),
    "Panel": ({"app.py": "import panel as pn"}, "panel", "app.py"),
    "Panel in a notebook": ({"a.ipynb": PANEL}, "panel", "a.ipynb"),
    "Solara": ({"app.py": "import solara"}, "solara", "app.py"),
    "Shiny": ({"app.py": SHINY}, "shiny", "app.py"),
    "a function": ({"handler.py": FUNCTION}, "function", "handler.py"),
    "a worker": ({"worker.js": EDGE}, "edge", "worker.js"),
    "a worker by wrangler": (
        {"wrangler.toml": 'main = "./src/w.ts"', "src/w.ts": EDGE},
        "edge",
        "src/w.ts",
    ),
    "a worker by JSON with comments": (
        {"wrangler.jsonc": '{\n// here\n"main": "src/w.ts",\n}', "src/w.ts": EDGE},
        "edge",
        "src/w.ts",
    ),
    "Next.js": (
        {"package.json": package(dependencies={"next": "15"}, scripts={"start": "next start"})},
        "node",
        "package.json",
    ),
    "Astro as a server": (
        {"package.json": package(dependencies={"@astrojs/node": "9"}, scripts={"build": "b"})},
        "node",
        "package.json",
    ),
    "Vite": ({"package.json": package(scripts={"build": "vite build"})}, "site", "package.json"),
    "JupyterLite": ({"jupyter_lite_config.json": "{}", "a.ipynb": book("1")}, "jupyterlite",
                    "jupyter_lite_config.json"),
    "Sphinx": (SPHINX, "sphinx", "docs/conf.py"),
    "Jupyter Book": (
        {"_config.yml": "title: A", "_toc.yml": "root: a"},
        "sphinx",
        "_config.yml",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "kind", "entry"), KINDS.values(), ids=KINDS)
def test_a_project_is_recognised(files, kind, entry):
    found = plan(files)
    assert (found.kind, found.entry) == (kind, entry)


STARTS = {
    "from fastapi import FastAPI\napi = FastAPI()": "uvicorn app:api --host 0.0.0.0 --port 8080",
    "from fastapi import FastAPI\ndef create_app():\n  return FastAPI()": (
        "uvicorn --factory app:create_app --host 0.0.0.0 --port 8080"
    ),
    "from flask import Flask\nweb: Flask = Flask('a')": (
        "waitress-serve --host=0.0.0.0 --port=8080 --threads=8 app:web"
    ),
    "from dash import Dash\nboard = Dash()": (
        "waitress-serve --host=0.0.0.0 --port=8080 --threads=8 app:board.server"
    ),
    "import gradio": "python app.py",
}


@pytest.mark.parametrize(("source", "start"), STARTS.items())
def test_what_is_started_is_read_from_the_code(source, start):
    assert " ".join(plan({"app.py": source}).start) == start


def test_what_only_looks_like_an_app_is_none():
    with pytest.raises(InvalidRequest, match=r"wove.toml"):
        plan({"app.py": "# import streamlit\ntext = 'from fastapi import FastAPI'"})


def test_nothing_is_imported_to_find_out(tmp_path):
    trap = f"import streamlit\nopen({str(tmp_path / 'sprung')!r}, 'w')"
    assert plan({"app.py": trap}).kind == "streamlit"
    assert not (tmp_path / "sprung").exists()


def test_a_site_that_is_built_says_where_its_pages_come_to_lie():
    files = {"package.json": package(devDependencies={"vitepress": "1"}, scripts={"build": "x"})}
    found = plan(files)
    assert (found.site, found.prepare) == (".vitepress/dist", [["npm", "run", "build"]])
    assert found.requirements == ["vitepress@1"]


def test_the_lock_of_npm_is_what_is_installed():
    files = {"package.json": package(scripts={"build": "x"}), "package-lock.json": "{}"}
    assert plan(files).lock == "package-lock.json"


def test_saved_pages_need_no_container():
    found = plan({"a.ipynb": book("1", outputs=RUN)})
    assert (found.base, found.requirements, found.start) == ("none", [], [])


@pytest.mark.parametrize(("name", "tool"), [("_quarto.yml", "Quarto"), ("myst.yml", "MyST")])
def test_what_cannot_be_built_yet_is_said(name, tool):
    with pytest.raises(InvalidRequest, match=rf"{tool}.*cannot be built here yet.*site"):
        plan({name: "a: b", "a.ipynb": book("1", outputs=RUN)})


def test_a_project_without_anything_to_serve_is_told_what_to_add():
    with pytest.raises(InvalidRequest, match=r"add a notebook, an index.html, or an app.py"):
        plan({"README.md": "# Waves"})


def test_what_nobody_wrote_is_not_looked_at():
    hidden = {".venv/app.py": "import streamlit", "node_modules/x/index.html": "<p>"}
    with pytest.raises(WoveError):
        plan({**hidden, "venv/lib/app.py": "import gradio"})
