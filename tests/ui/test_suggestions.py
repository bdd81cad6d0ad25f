"""Somebody suggests changes of a notebook that they may not edit; its editor decides on each."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import ANN, BOB, unused
from tests.ui.lab import LOOKS, run, serious, undo, wear

BACK = 15_000  # milliseconds that a busy machine may take


def code(id_, source):
    cell = {"cell_type": "code", "id": id_, "source": source, "metadata": {}}
    return cell | {"outputs": [], "execution_count": None}


@pytest.fixture
def book(shared_lab):
    """A notebook of Ann's on which Bob may comment."""
    made = shared_lab.ask("wove/api/projects", {"title": unused("Waves")}, name=ANN)
    shared_lab.ask("wove/api/me", name=BOB)
    members = f"wove/api/projects/{made['id']}/members"
    shared_lab.ask(f"{members}/bob", {"role": "commenter"}, name=ANN, method="PUT")
    path = f"{made['folder']}/tides.ipynb"
    cells = [code("first", "height = 1"), code("second", "speed = 2"), code("third", "period = 3")]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (shared_lab.root / path).write_text(json.dumps(notebook))
    return path


@pytest.fixture
def open_book(sign_in, book):
    """Open the notebook as somebody."""

    def opened(name):
        page = sign_in(name, f"lab/workspaces/of-{name.lower()}/tree/{quote(book)}?reset")
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        without_kernel(page)
        expect(cells(page)).to_have_count(3)
        return page

    return opened


def without_kernel(page):
    """Answer the question that JupyterLab asks of a notebook that names no kernel."""
    page.locator(".jp-Dialog").get_by_role("button", name="No Kernel").click(timeout=BACK)


def cells(page):
    return page.locator(".jp-Notebook-cell")


def write(page, number, words):
    """Type at the end of a cell."""
    cells(page).nth(number).locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def says(page, number, words):
    expect(cells(page).nth(number).locator(".cm-content")).to_have_text(words, timeout=BACK)


def band(page):
    return page.get_by_role("region", name="Suggesting")


def bars(page):
    return page.locator(".jp-Notebook .wove-Suggested")


def test_a_commenter_suggests_and_the_owner_decides_cell_by_cell(open_book, keep_picture):
    ann, bob = open_book(ANN), open_book(BOB)
    safety = bob.locator(".wove-Safety")
    expect(safety).to_have_text("You can read and suggest")
    safety.click()
    bob.locator(".jp-Dialog").get_by_role("button", name="Suggest changes").click()
    expect(band(bob)).to_contain_text("Nothing changes for others until somebody accepts")
    without_kernel(bob)
    write(bob, 0, "  # metres")
    write(bob, 1, "  # metres per second")
    expect(band(bob)).to_contain_text("2 changes")
    keep_picture(bob, "suggesting")
    expect(bars(ann)).to_have_count(2, timeout=BACK)
    says(ann, 0, "height = 1")

    first = bars(ann).first
    expect(first).to_contain_text("Bob suggests a change")
    first.get_by_role("button", expanded=False).click()
    expect(first).to_contain_text("height = 1  # metres")
    keep_picture(ann, "waiting")
    assert serious(ann, ".wove-SuggestionBar") == []
    first.get_by_role("button", name="Accept").click()
    expect(ann.get_by_text("Accepted 1 change.")).to_be_visible()
    says(ann, 0, "height = 1  # metres")
    expect(bars(ann)).to_have_count(1)
    bars(ann).get_by_role("button", name="Reject").click()
    expect(bars(ann)).to_have_count(0)
    says(ann, 1, "speed = 2")
    says(bob, 1, "speed = 2")
    says(bob, 0, "height = 1  # metres")

    write(bob, 2, "00  # Bob")
    expect(bars(ann)).to_have_count(1, timeout=BACK)
    write(ann, 2, "0  # Ann")
    bars(ann).get_by_role("button", name="Accept").click()
    dialog = ann.locator(".jp-Dialog", has_text="Which of both?")
    expect(dialog).to_contain_text("period = 30  # Ann")
    expect(dialog).to_contain_text("period = 300  # Bob")
    keep_picture(ann, "both")
    dialog.get_by_role("button", name="Take the suggestion").click()
    says(ann, 2, "period = 300  # Bob")
    expect(bars(ann)).to_have_count(0)

    band(bob).get_by_role("button", name="Done").click()
    without_kernel(bob)
    expect(safety).to_have_text("You can read and suggest", timeout=BACK)
    says(bob, 0, "height = 1  # metres")
    says(bob, 1, "speed = 2")


def test_suggestions_are_walked_through_and_decided_on_without_a_mouse(
    shared_lab, book, open_book, keep_picture
):
    ann = open_book(ANN)
    run(ann, "Suggest Changes")
    without_kernel(ann)
    write(ann, 1, "\nspeed += 1")
    write(ann, 2, "\nperiod += 1")
    expect(band(ann)).to_contain_text("2 changes")
    ann.reload()
    ann.locator("#jupyterlab-splash").wait_for(state="detached")
    without_kernel(ann)
    expect(band(ann)).to_contain_text("2 changes", timeout=BACK)
    band(ann).get_by_role("button", name="Done").click()
    without_kernel(ann)
    expect(bars(ann)).to_have_count(2, timeout=BACK)
    run(ann, "Next Suggestion")
    expect(bars(ann).nth(0)).to_be_focused()
    run(ann, "Next Suggestion")
    expect(bars(ann).nth(1)).to_be_focused()
    run(ann, "Accept Suggestion")
    expect(bars(ann)).to_have_count(1)
    says(ann, 2, "period = 3period += 1")
    undo(ann)
    says(ann, 2, "period = 3")
    expect(bars(ann)).to_have_count(2)
    run(ann, "Show Suggestions")
    panel = ann.locator("#jupyter-wove-suggestions")
    expect(panel.get_by_role("heading", name="Suggestions (2)")).to_be_visible()
    assert serious(ann, "#jupyter-wove-suggestions") == []
    for theme, size in LOOKS[1:3]:
        wear(ann, theme, size)
        keep_picture(ann, f"panel-{theme}-{size[0]}")
    panel.get_by_role("button", name="Reject all").click()
    expect(bars(ann)).to_have_count(0)
    says(ann, 1, "speed = 2")


def test_a_text_is_suggested_and_accepted_as_a_whole(shared_lab, sign_in, keep_picture):
    path = f"{unused('notes').replace(' ', '-')}.md"
    (shared_lab.root / path).write_text("Begun.\n")
    page = sign_in(ANN, f"lab/workspaces/of-ann/tree/{path}?reset")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    text = page.locator(".cm-content")
    expect(text).to_have_text("Begun.")
    run(page, "Suggest Changes")
    expect(band(page)).to_be_visible()
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("And on.")
    expect(band(page)).to_contain_text("1 change")
    keep_picture(page, "suggesting")
    band(page).get_by_role("button", name="Done").click()
    expect(text).to_have_text("Begun.")
    page.locator(".wove-Header").get_by_role("button", name="Show").click()
    panel = page.locator("#jupyter-wove-suggestions")
    expect(panel).to_contain_text("And on.")
    keep_picture(page, "waiting")
    panel.get_by_role("button", name="Accept").click()
    expect(text).to_have_text("Begun.And on.")
    expect(page.locator(".wove-Header")).to_be_hidden()
