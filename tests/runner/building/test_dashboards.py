"""Dashboards of every framework are recognised, built and answer; all share one environment."""

import pytest

from jupyter_wove.deploy import detect
from tests.runner.building.books import book
from tests.runner.building.conftest import Project

pytestmark = pytest.mark.slow

EVERYTHING = "\n".join(
    ["streamlit", "panel", "gradio", "dash", "solara", "shiny", "flask", "fastapi", "uvicorn",
     "waitress", "ipykernel", "nbclient", "nbconvert"]
)  # fmt: skip
PROGRAMS = {
    "streamlit": "import streamlit as st\nst.write('hello')",
    "panel": "import panel as pn\npn.pane.Markdown('hello').servable()",
    "gradio": "import gradio as gr\ngr.Interface(lambda x: x, 'text', 'text').launch()",
    "dash": "from dash import Dash, html\nboard = Dash(__name__)\nboard.layout = html.Div('a')",
    "solara": "import solara\n@solara.component\ndef Page():\n    solara.Markdown('hello')",
    "shiny": "from shiny import App, ui\napp = App(ui.page_fluid('hello'), None)",
    "wsgi": "from flask import Flask\ndef create_app():\n    app = Flask('a')\n"
    "    app.route('/')(lambda: 'hello')\n    return app",
    "asgi": "from fastapi import FastAPI\ndef create_app():\n    app = FastAPI()\n"
    "    app.get('/')(lambda: 'hello')\n    return app",
}


@pytest.mark.parametrize("kind", PROGRAMS)
def test_a_dashboard_answers(runner, kind):
    files = {"app.py": PROGRAMS[kind], "requirements.txt": EVERYTHING}
    plan = detect(Project(files))
    assert plan.kind == kind
    outcome = runner.build(files)
    with runner.served(outcome.built, plan) as client:
        assert client.get(plan.health).status_code == 200
        assert client.get("/").status_code == 200


def test_a_notebook_of_panel_answers(runner):
    source = "import panel as pn\npn.extension()\npn.pane.Markdown('hello').servable()"
    files = {"a.ipynb": book(source), "requirements.txt": EVERYTHING}
    plan = detect(Project(files))
    assert plan.kind == "panel"
    outcome = runner.build(files)
    assert outcome.stages[-1] == "executing"
    with runner.served(outcome.built, plan) as client:
        assert client.get("/").status_code == 200
