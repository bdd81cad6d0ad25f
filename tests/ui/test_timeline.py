"""The history of a document in JupyterLab: who did what, and the way back for all."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import ANN, ARTEFACTS, BOB
from tests.ui.lab import LOOKS, dialog, run, serious, wear
from tests.ui.servers import serving

HISTORY = ".wove-Timeline"


def cell(id_, source):
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    return code | {"id": id_, "source": source}


BOOK = {
    "cells": [cell("a", "tide = 1"), cell("b", "wave = 2")],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "py"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that Ann and Bob share, and that can be killed."""
    with serving(tmp_path_factory.mktemp("timeline") / "lab", ANN, BOB) as server:
        yield server


@pytest.fixture
def path(server):
    """A notebook in a project of Ann's, which Bob edits."""
    made = server.ask("wove/api/projects", {"title": "Waves"}, name=ANN)
    server.ask("wove/api/me", name=BOB)
    members = f"wove/api/projects/{made['id']}/members/bob"
    server.ask(members, {"role": "editor"}, name=ANN, method="PUT")
    path = f"{made['folder']}/waves.ipynb"
    (server.root / path).write_text(json.dumps(BOOK))
    return path


@pytest.fixture
def open_as(server, open_tab):
    """Open the notebook as somebody."""

    def opened(name, path):
        page = open_tab(server, name, f"lab/workspaces/of-{name.lower()}/tree/{path}?reset")
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        page.locator(".jp-CodeCell .cm-content").nth(1).wait_for()
        return page

    return opened


def source(page, at):
    return page.locator(".jp-NotebookPanel .jp-CodeCell .cm-content").nth(at)


def write(page, at, words):
    """Put words in the place of what a cell says."""
    source(page, at).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    expect(page.locator(".wove-Safety")).to_have_text("Saved on the server")


def moments(page):
    return page.locator(f"{HISTORY} .wove-Moment")


def history(page):
    """Show the history of the notebook."""
    page.locator(".jp-NotebookPanel").click(position={"x": 5, "y": 60})
    run(page, "History of This Document")
    moments(page).first.wait_for()


def back_to_notebook(page):
    page.get_by_role("tab", name=re.compile(r"^waves\.ipynb")).first.click()


def picture(page, name):
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"timeline-{name}.png")


def test_two_people_find_what_they_did_and_bring_it_back(server, open_as, path):
    ann, bob = open_as(ANN, path), open_as(BOB, path)
    write(ann, 0, "tide = 10")
    history(ann)
    ann.get_by_role("button", name="Name the document as it is now").click()
    dialog(ann).locator("input").fill("Before Bob came")
    dialog(ann).get_by_role("button", name="Save").click()
    expect(moments(ann).filter(has_text="Before Bob came")).to_have_count(1)
    write(bob, 0, "tide = 20")
    write(bob, 1, "wave = 20")
    expect(source(ann, 1)).to_have_text("wave = 20")
    for page in (ann, bob):
        page.close()
    server.kill()
    server.start()
    bob = open_as(BOB, path)
    history(bob)
    expect(moments(bob).filter(has_text=re.compile("Bob"))).not_to_have_count(0)
    named = moments(bob).filter(has_text="Before Bob came")
    named.click()
    bob.get_by_label("What has changed since").check()
    first = bob.locator(f"{HISTORY} .wove-Cell").first
    expect(first).to_contain_text("tide = 10")
    picture(bob, "since")
    first.get_by_role("button", name="Restore this cell").click()
    back_to_notebook(bob)
    expect(source(bob, 0)).to_have_text("tide = 10")
    expect(source(bob, 1)).to_have_text("wave = 20")
    bob.get_by_role("button", name="Undo", exact=True).click()
    expect(source(bob, 0)).to_have_text("tide = 20")


def test_the_history_is_read_with_the_keys_in_every_look(server, open_as, path):
    ann = open_as(ANN, path)
    write(ann, 0, "tide = 10")
    history(ann)
    moments(ann).first.focus()
    ann.keyboard.press("End")
    expect(moments(ann).last).to_be_focused()
    expect(moments(ann).last).to_have_attribute("aria-current", "true")
    expect(moments(ann).last).to_contain_text("Opened from its file")
    ann.keyboard.press("ArrowUp")
    ann.get_by_label("All of it").check()
    expect(ann.locator(f"{HISTORY} .wove-Cell").first).to_contain_text("tide =")
    ann.get_by_label("What was done").check()
    expect(ann.locator(f"{HISTORY} .wove-Cell")).to_contain_text("tide = 10")
    for theme, size in LOOKS:
        wear(ann, theme, size)
        expect(ann.locator(".wove-MomentView")).to_be_visible()
        assert serious(ann, HISTORY) == []
        picture(ann, f"{theme}-{size[0]}")
