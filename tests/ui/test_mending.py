"""A deployment failed in a cell: Wove is asked, suggests what mends it, and the next one works."""

import nbformat
import pytest
from playwright.sync_api import expect

from jupyter_wove.ai.scripted import Call, Reply
from tests.ui.apps import app_page, deploy, docked_runner, ends, plan, project_of
from tests.ui.lab import dialog, press
from tests.ui.servers import serving_models


@pytest.fixture(scope="module")
def docked(tmp_path_factory):
    """A server whose runner has Docker, with a scripted model."""
    folder = tmp_path_factory.mktemp("mending")
    with docked_runner(folder) as settings, serving_models(folder / "lab", **settings) as server:
        yield server


def failed(page):
    """Deploy the notebook so that it is run anew, which fails; give what says why."""
    asked = plan(page)
    asked.get_by_label("Becomes").select_option("executed")
    expect(asked).to_contain_text("is built and run in Docker")
    deploy(page)
    ends(page, "Failed", 1)
    return app_page(page).get_by_role("alert", name="Why it failed")


def test_wove_is_told_the_cell_and_its_traceback_and_mends_what_failed(
    docked, open_book, keep_picture
):
    project = project_of(docked, "height = 3", "print(height / 0)")
    cell = nbformat.read(docked.root / project["folder"] / "work.ipynb", 4).cells[2].id
    page = open_book(docked, project)
    failure = failed(page)
    replies = [
        Reply(calls=[Call("edit_cell", {"cell": cell, "source": "print(height / 2)"})]),
        Reply(pieces=["Nothing can be divided by zero."]),
    ]
    docked.models.script = lambda asked: replies.pop(0)
    press(failure.get_by_role("button", name="Ask AI to fix"))
    expect(page.get_by_text("The deployment failed in code cell 2 of work.ipynb")).to_be_visible()
    expect(page.get_by_text("Nothing can be divided by zero.")).to_be_visible()
    keep_picture(page, "answered")
    asked = docked.models.asked[0].last
    assert "code cell 2 of work.ipynb" in asked
    assert "ZeroDivisionError: division by zero" in asked
    assert "height = 3" in asked  # the notebook, for the cell is nothing without it
    failing = page.locator(".jp-NotebookPanel .jp-CodeCell").nth(1)
    expect(failing).to_contain_text("Wove suggests a change")
    press(failing.get_by_role("button", name="Accept"))
    expect(failing.locator(".cm-content")).to_have_text("print(height / 2)")
    press(page.locator(".wove-AppCard").get_by_role("button", name=project["title"]))
    press(failure.get_by_role("button", name="Deploy again…"))
    expect(dialog(page).get_by_text("The plan")).to_be_visible()
    deploy(page)
    ends(page, "Deployed", 2)
