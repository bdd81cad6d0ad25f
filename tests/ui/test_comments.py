"""Two people talk about a notebook beside it: live, anchored, and each as what they may do."""

import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import ANN, BOB, unused
from tests.ui.lab import LOOKS, run, serious, wear

BACK = 15_000  # milliseconds that a busy machine may take
SOURCES = ["waves = sin(t)", "mean(waves)", "plot(waves)"]


def code(number, source):
    cell = {"cell_type": "code", "id": f"cell-{number}", "source": source, "metadata": {}}
    return cell | {"outputs": [], "execution_count": None}


@pytest.fixture
def book(shared_lab):
    """A notebook of Ann's on which Bob may comment."""
    made = shared_lab.ask("wove/api/projects", {"title": unused("Talk")}, name=ANN)
    shared_lab.ask("wove/api/me", name=BOB)
    members = f"wove/api/projects/{made['id']}/members"
    shared_lab.ask(f"{members}/bob", {"role": "commenter"}, name=ANN, method="PUT")
    cells = [code(number, source) for number, source in enumerate(SOURCES)]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = f"{made['folder']}/tides.ipynb"
    (shared_lab.root / path).write_text(json.dumps(notebook))
    return path


@pytest.fixture
def open_book(sign_in, book):
    """Open the notebook, and the comments beside it, as somebody."""

    def opened(name):
        page = sign_in(name, f"lab/workspaces/of-{name.lower()}/tree/{quote(book)}?reset")
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        page.locator(".jp-Dialog").get_by_role("button", name="No Kernel").click(timeout=BACK)
        expect(cells(page)).to_have_count(3)
        run(page, "Show Comments")
        expect(panel(page).get_by_role("button", name="Open", exact=True)).to_be_visible()
        return page

    return opened


def cells(page):
    return page.locator(".jp-Notebook-cell")


def panel(page):
    return page.locator("#jupyter-wove-comments")


def threads(page):
    return panel(page).locator(".wove-Threads > li")


def bubble(page, number):
    return cells(page).nth(number).locator(".wove-Bubble")


def comment(page, number, words, selects=False):
    """Comment on a cell, or on all its words, by keys alone."""
    write(page, number, words, selects)
    page.keyboard.press("Control+Enter")


def write(page, number, words, selects=False):
    cells(page).nth(number).locator(".cm-content").click()
    if selects:
        page.keyboard.press("Control+A")
    page.keyboard.press("Control+Alt+M")
    field = panel(page).get_by_role("textbox", name="Comment", exact=True)
    expect(field).to_be_focused()
    page.keyboard.type(words)


def test_two_people_talk_about_a_cell(open_book, keep_picture):
    ann, bob = open_book(ANN), open_book(BOB)
    write(bob, 1, "Why not the *median*, @an", selects=True)
    panel(bob).get_by_role("option", name="Ann @ann").wait_for()
    bob.keyboard.press("Enter")
    bob.keyboard.type("?")
    bob.keyboard.press("Control+Enter")
    expect(threads(ann)).to_have_count(1)
    expect(threads(ann).locator("em")).to_have_text("median")
    expect(panel(ann)).to_contain_text("1 thread mentions you")
    expect(ann.locator("[data-wove-count='1']")).to_be_visible()
    expect(cells(ann).nth(1).locator(".wove-Commented")).to_have_text("mean(waves)")
    expect(bubble(ann, 1)).to_have_text("1")
    keep_picture(ann, "mentioned")
    bubble(ann, 1).focus()
    bubble(ann, 1).press("Enter")
    reply = threads(ann).get_by_role("textbox", name="Reply")
    reply.fill("The mean is asked for.")
    reply.press("Control+Enter")
    expect(threads(bob)).to_contain_text("The mean is asked for.")
    expect(panel(ann)).not_to_contain_text("mentions you")
    assert serious(ann, "#jupyter-wove-comments") == []
    threads(bob).get_by_role("button", name="Resolve").click()
    expect(threads(ann)).to_contain_text("resolved by Bob")
    expect(bubble(ann, 1)).to_have_count(0)
    expect(cells(ann).nth(1).locator(".wove-Commented")).to_have_count(0)
    for theme, size in LOOKS:
        wear(ann, theme, size)
        keep_picture(ann, f"{theme}-{size[0]}")


def test_a_comment_follows_its_words_and_outlives_its_cell(open_book, keep_picture):
    ann, bob = open_book(ANN), open_book(BOB)
    comment(bob, 1, "Which mean?", selects=True)
    expect(bubble(ann, 1)).to_have_text("1")
    cells(ann).nth(1).locator(".cm-content").click()
    ann.keyboard.press("Control+Home")
    ann.keyboard.type("m = ")
    expect(cells(bob).nth(1).locator(".cm-content")).to_have_text("m = mean(waves)")
    expect(cells(bob).nth(1).locator(".wove-Commented")).to_have_text("mean(waves)")
    ann.keyboard.press("Escape")
    ann.keyboard.press("d")
    ann.keyboard.press("d")
    expect(threads(bob)).to_contain_text("outdated")
    expect(threads(bob).locator(".wove-Quoted")).to_have_text("mean(waves)")
    keep_picture(bob, "outdated")
    panel(bob).get_by_role("button", name="Mine").click()
    expect(threads(bob)).to_have_count(1)


def test_who_may_do_what_is_what_is_offered(shared_lab, open_book, book):
    ann, bob = open_book(ANN), open_book(BOB)
    comment(ann, 0, "Mind the units.<img src=x onerror='document.body.id = 1'>")
    expect(threads(bob)).to_contain_text("Mind the units.")
    assert bob.evaluate("document.body.id") != "1"
    expect(bob.locator("[onerror]")).to_have_count(0)
    place = threads(bob).get_by_role("button", name="Cell 1")
    place.click()
    expect(cells(bob).nth(0)).to_have_class(re.compile("jp-mod-active"))
    expect(threads(bob).get_by_role("button", name="Edit")).to_have_count(0)
    expect(threads(bob).get_by_role("button", name="Delete")).to_have_count(0)
    project = shared_lab.ask(f"wove/api/projects/around?path={quote(book)}", name=ANN)["id"]
    bobs = f"wove/api/projects/{project}/members/bob"
    shared_lab.ask(bobs, {"role": "viewer"}, name=ANN, method="PUT")
    expect(panel(bob)).to_contain_text("You can read comments here", timeout=BACK)
    expect(threads(bob).get_by_role("textbox")).to_have_count(0)
    threads(ann).get_by_role("button", name="Delete").click()
    ann.locator(".jp-Dialog").get_by_role("button", name="Delete").click()
    expect(threads(bob)).to_have_count(0)
