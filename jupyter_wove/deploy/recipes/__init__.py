"""What a project becomes, seen from its files alone: the first recipe that recognises them."""

from collections.abc import Sequence
from typing import Any

from jupyter_wove.deploy.recipes import overrides
from jupyter_wove.deploy.recipes.dashboards import DASHBOARDS, Dash, Voila
from jupyter_wove.deploy.recipes.node import BuiltSite, Server
from jupyter_wove.deploy.recipes.overrides import plan_toml
from jupyter_wove.deploy.recipes.project import Files, Project
from jupyter_wove.deploy.recipes.recipe import Recipe
from jupyter_wove.deploy.recipes.serverless import Edge, Function
from jupyter_wove.deploy.recipes.services import SERVICES
from jupyter_wove.deploy.recipes.static import (
    Executed,
    JupyterLite,
    NotYet,
    Saved,
    Site,
    Sphinx,
    first_book,
)
from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.runner import KINDS, Kind, Plan

__all__ = ["Files", "detect", "plan_toml"]

RECIPES: Sequence[Recipe] = [
    Edge(), Function(), Server(), BuiltSite(), *DASHBOARDS, Dash(), *SERVICES,
    JupyterLite(), NotYet(), Sphinx(), Voila(), Saved(), Executed(), Site(),
]  # fmt: skip
OF_NOTEBOOKS = {"saved", "executed", "voila"}
NOTHING = (
    "Nothing here can be made live yet: add a notebook, an index.html, or an app.py with an app "
    "of FastAPI, Flask, Streamlit, Panel, Gradio, Dash, Solara or Shiny; or say in wove.toml what "
    "it is."
)


def detect(files: Files, kind: Kind | None = None, entry: str = "") -> Plan:
    """See how a project becomes live. Raises InvalidRequest, with what to add.

    What its `wove.toml` says goes before what is seen, and the `kind` and the `entry` that
    somebody wants before those of its `wove.toml`.
    """
    text = Project(files).text(overrides.NAME)
    words = overrides.said(text) if text else {}
    words |= {name: word for name, word in {"kind": kind, "entry": entry}.items() if word}
    project = Project(files, overrides.entry(words))
    return overrides.changed(_planned(project, words), words, text)


def _planned(project: Project, words: dict[str, Any]) -> Plan:
    kind = words.get("kind")
    recipes = [each for each in RECIPES if kind in {None, each.kind}]
    for recipe in recipes:
        found = recipe.entry(project)
        if found and project.chosen in {"", found}:
            return recipe.plan(project, found)
    if not recipes:
        raise InvalidRequest(f"kind in wove.toml must be one of {', '.join(KINDS)}.")
    return _insisted(project, recipes[0] if kind else None)


def _insisted(project: Project, recipe: Recipe | None) -> Plan:
    """Do what the author insists on, if the author says enough for it."""
    if recipe is None:
        raise InvalidRequest(NOTHING)
    book = first_book(project) if recipe.kind in OF_NOTEBOOKS else None
    entry = project.chosen or book
    if not entry:
        raise InvalidRequest(recipe.needs)
    return recipe.plan(project, entry)
