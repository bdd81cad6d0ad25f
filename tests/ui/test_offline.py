"""Typing with and without the server: what people see, and what is kept."""

import json
import re
import sqlite3
import time
from contextlib import closing
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import ARTEFACTS, enter
from tests.ui.lab import run
from tests.ui.line import Line
from tests.ui.servers import OWNER, serving

BACK = 15_000  # milliseconds until a tab has found its server again, on a busy machine
NARROW = {"width": 900, "height": 600}
HELLO = {
    "cell_type": "code",
    "source": "",
    "metadata": {},
    "outputs": [{"output_type": "stream", "name": "stdout", "text": "Hello"}],
    "execution_count": 1,
}
BOOK = {
    "cells": [HELLO | {"id": "one"}, HELLO | {"id": "two"}],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A server of one owner that can be killed."""
    with serving(tmp_path_factory.mktemp("offline") / "lab") as server:
        yield server


@pytest.fixture
def server(lab, request):
    """The server, up, with notes of this test."""
    if lab.process is None:
        lab.start()
    lab.notes = lab.root / f"{request.node.name[5:25]}.md"
    lab.notes.write_text("Begun. ")
    return lab


@pytest.fixture
def open_notes(server, open_window):
    """Open the notes in a window, in a browser that keeps what it is given."""

    def opened(page=None, **options):
        address = f"lab/tree/{server.notes.name}?reset"
        page = page or enter(open_window(**options), server, OWNER, address)
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        page.locator(".cm-content").wait_for()
        return page

    return opened


def type_(page, words):
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def badge(page):
    return page.locator(".wove-Safety")


def picture(page, name):
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"offline-{name}.png")


def test_what_is_typed_while_the_server_is_away_arrives_when_it_is_back(server, open_notes):
    page = open_notes()
    type_(page, "Ann types.")
    expect(badge(page)).to_have_text("Saved on the server")
    picture(page, "saved")
    server.kill()
    type_(page, " And on.")
    expect(badge(page)).to_have_text(re.compile(r"Offline: \d+ changes kept here"))
    expect(page.get_by_text("The server does not answer.").first).to_be_visible(timeout=BACK)
    picture(page, "away")
    page.keyboard.type(" On.")
    badge(page).click()
    expect(page.locator(".jp-Dialog")).to_contain_text("also when you close the tab")
    page.locator(".jp-Dialog").get_by_role("button", name="Close").click()
    server.start()
    expect(badge(page)).to_have_text("Saved on the server", timeout=BACK)
    expect(page.locator(".cm-content")).to_have_text("Begun. Ann types. And on. On.")
    wait_for_file(server, "Begun. Ann types. And on. On.")


def test_what_is_typed_offline_in_a_tab_that_is_closed_is_not_lost(server, open_notes):
    page = open_notes()
    type_(page, "Ann types.")
    expect(badge(page)).to_have_text("Saved on the server")
    server.kill()
    type_(page, " Alone.")
    expect(badge(page)).to_have_text(re.compile("kept here"))
    page.wait_for_timeout(500)  # a browser writes a moment after the key
    context = page.context
    page.close(run_before_unload=False)
    server.start()
    again = context.new_page()
    again.goto(f"{server.url}/lab/tree/{server.notes.name}?reset")
    open_notes(again)
    expect(again.locator(".cm-content")).to_have_text("Begun. Ann types. Alone.", timeout=BACK)
    wait_for_file(server, "Begun. Ann types. Alone.")


def test_a_history_that_the_server_lost_doubles_nothing(server, open_notes):
    page = open_notes()
    type_(page, "Ann types.")
    wait_for_file(server, "Begun. Ann types.")
    page.locator(".cm-content").evaluate("node => node.classList.add('old')")
    lose_the_database(server)
    expect(page.locator(".old")).to_have_count(0, timeout=BACK)
    expect(badge(page)).to_have_text("Saved on the server", timeout=BACK)
    expect(page.locator(".cm-content")).to_have_text("Begun. Ann types.")
    type_(page, " Again.")
    wait_for_file(server, "Begun. Ann types. Again.")


def test_what_was_left_in_a_closed_tab_of_a_lost_history_can_be_kept(server, open_notes):
    page = open_notes()
    type_(page, "Ann types.")
    wait_for_file(server, "Begun. Ann types.")
    server.kill()
    type_(page, " Unsent.")
    expect(badge(page)).to_have_text(re.compile("kept here"))
    page.wait_for_timeout(500)
    context = page.context
    page.close(run_before_unload=False)
    lose_the_database(server)
    again = context.new_page()
    again.goto(f"{server.url}/lab/tree/{server.notes.name}?reset")
    open_notes(again)
    dialog = again.locator(".jp-Dialog", has_text="were never sent")
    dialog.get_by_role("button", name="Keep my version as a copy").click(timeout=BACK)
    expect(again.get_by_text("Your version is in").first).to_be_visible()
    assert copies(server) == ["Begun. Ann types. Unsent."]


def test_what_the_server_never_had_of_a_history_that_it_lost_can_be_kept(server, open_notes):
    page = open_notes(viewport=NARROW)
    type_(page, "Ann types.")
    wait_for_file(server, "Begun. Ann types.")
    server.kill()
    type_(page, " Unsent.")
    expect(badge(page)).to_have_text(re.compile("kept here"))
    lose_the_database(server)
    dialog = page.locator(".jp-Dialog", has_text="was replaced on the server")
    expect(dialog).to_contain_text("not sent before", timeout=BACK)
    picture(page, "replaced")
    dialog.get_by_role("button", name="Keep my version as a copy").click()
    expect(page.locator(".cm-content")).to_have_text("Begun. Ann types.", timeout=BACK)
    assert copies(server) == ["Begun. Ann types. Unsent."]
    assert server.notes.read_text() == "Begun. Ann types."


def test_a_database_that_was_put_back_to_an_earlier_day_doubles_nothing(server, open_notes):
    page = open_notes()
    type_(page, "Ann types.")
    wait_for_file(server, "Begun. Ann types.")
    now, then = (sqlite3.connect(server.data / name) for name in ("wove.db", "backup"))
    with closing(now), closing(then):
        now.backup(then)
    type_(page, " Later.")
    wait_for_file(server, "Begun. Ann types. Later.")
    page.locator(".cm-content").evaluate("node => node.classList.add('old')")
    server.kill()
    lose_the_database(server, in_its_place=server.data / "backup")
    expect(page.locator(".old")).to_have_count(0, timeout=BACK)
    expect(badge(page)).to_have_text("Saved on the server", timeout=BACK)
    expect(page.locator(".cm-content")).to_have_text("Begun. Ann types. Later.")
    type_(page, " Again.")
    wait_for_file(server, "Begun. Ann types. Later. Again.")
    page.reload()
    open_notes(page)
    expect(page.locator(".cm-content")).to_have_text("Begun. Ann types. Later. Again.")


@pytest.fixture
def open_as(sign_in):
    """Open a file on the shared server as somebody."""

    def opened(name, path):
        page = sign_in(name, f"lab/workspaces/of-{name.lower()}/tree/{path}?reset")
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        page.locator(".cm-content").wait_for()
        return page

    return opened


def test_two_people_type_in_the_same_cell(shared_lab, open_as):
    (shared_lab.root / "together.md").write_text("")
    ann, bob = open_as("Ann", "together.md"), open_as("Bob", "together.md")
    for page in (ann, bob):
        expect(badge(page)).to_have_text("Saved on the server")
    type_(ann, "From Ann. ")
    expect(bob.locator(".cm-content")).to_have_text("From Ann. ")
    type_(bob, "From Bob. ")
    expect(ann.locator(".cm-content")).to_contain_text("From Ann. From Bob. ")
    expect(ann.locator(".cm-ySelectionCaret, .jp-remote-cursor").first).to_be_visible()
    picture(ann, "together")


def test_a_viewer_sees_that_they_can_only_read(shared_lab, open_as):
    made = shared_lab.ask("wove/api/projects", {"title": "To read"}, name="Ann")
    shared_lab.ask("wove/api/me", name="Bob")
    members = f"wove/api/projects/{made['id']}/members"
    shared_lab.ask(f"{members}/bob", {"role": "viewer"}, name="Ann", method="PUT")
    path = f"{made['folder']}/notes.md"
    (shared_lab.root / path).write_text("Ann's. ")
    bob = open_as("Bob", path)
    expect(badge(bob)).to_have_text("You can only read")
    type_(bob, "Bob's.")
    expect(bob.locator(".cm-content")).to_have_text("Ann's. ")
    shared_lab.ask(f"{members}/bob", {"role": "editor"}, name="Ann", method="PUT")
    expect(badge(bob)).to_have_text("Saved on the server", timeout=BACK)
    type_(bob, "Bob's.")
    expect(bob.locator(".cm-content")).to_have_text("Ann's. Bob's.")


def test_a_viewer_changes_no_cell(shared_lab, sign_in):
    made = shared_lab.ask("wove/api/projects", {"title": "To run"}, name="Ann")
    shared_lab.ask("wove/api/me", name="Bob")
    members = f"wove/api/projects/{made['id']}/members"
    shared_lab.ask(f"{members}/bob", {"role": "viewer"}, name="Ann", method="PUT")
    path = f"{made['folder']}/book.ipynb"
    (shared_lab.root / path).write_text(json.dumps(BOOK))
    bob = sign_in("Bob", f"lab/workspaces/of-bob/tree/{path}?reset")
    bob.locator("#jupyterlab-splash").wait_for(state="detached")
    cells, outputs = bob.locator(".jp-Cell"), bob.locator(".jp-OutputArea-output")
    expect(badge(bob)).to_have_text("You can only read")
    cells.first.click()
    for key in ["Escape", "d", "d", "b", "b", "Shift+M"]:
        bob.keyboard.press(key)
    expect(cells).to_have_count(2)
    clear(bob, outputs)
    bob.reload()
    expect(outputs).to_have_text(["Hello", "Hello"])
    clear(bob, outputs)
    shared_lab.ask(f"{members}/bob", {"role": "editor"}, name="Ann", method="PUT")
    expect(badge(bob)).to_have_text("Saved on the server", timeout=BACK)
    expect(outputs).to_have_text(["Hello", "Hello"])
    cells.first.click()
    for key in ["Escape", "d", "d"]:
        bob.keyboard.press(key)
    expect(cells).to_have_count(1)


@pytest.fixture
def line(shared_lab):
    """A line to the shared server that can be cut."""
    line = Line(shared_lab.port)
    yield line
    line.close()


def test_what_a_viewer_typed_as_an_editor_is_sent_when_they_are_one_again(
    shared_lab, line, open_window
):
    made = shared_lab.ask("wove/api/projects", {"title": "Now and then"}, name="Ann")
    shared_lab.ask("wove/api/me", name="Bob")
    bobs = f"wove/api/projects/{made['id']}/members/bob"
    shared_lab.ask(bobs, {"role": "editor"}, name="Ann", method="PUT")
    notes = shared_lab.root / made["folder"] / "notes.md"
    notes.write_text("Ann's. ")
    address = f"lab/workspaces/of-bob/tree/{made['folder']}/notes.md?reset"
    at = SimpleNamespace(url=line.url, token=shared_lab.token, notes=notes)
    bob = enter(open_window(), at, "Bob", address)
    expect(badge(bob)).to_have_text("Saved on the server")
    line.cut()
    expect(badge(bob)).to_have_text("Offline: all is saved")
    type_(bob, "Bob's.")
    expect(badge(bob)).to_have_text(re.compile("kept here"))
    bob.wait_for_timeout(500)  # a browser writes a moment after the key
    again = bob.context.new_page()
    bob.close(run_before_unload=False)
    shared_lab.ask(bobs, {"role": "viewer"}, name="Ann", method="PUT")
    line.mend()
    again.goto(f"{line.url}/{address}")
    expect(badge(again)).to_have_text("You can only read", timeout=BACK)
    expect(again.locator(".cm-content")).to_have_text("Ann's. Bob's.")
    assert notes.read_text() == "Ann's. "
    shared_lab.ask(bobs, {"role": "editor"}, name="Ann", method="PUT")
    expect(badge(again)).to_have_text("Saved on the server", timeout=BACK)
    expect(again.locator(".cm-content")).to_have_text("Ann's. Bob's.")
    wait_for_file(at, "Ann's. Bob's.")


def test_a_line_that_loses_all_without_a_word_is_given_up(shared_lab, line, open_window):
    notes = shared_lab.root / "silence.md"
    notes.write_text("Begun. ")
    at = SimpleNamespace(url=line.url, token=shared_lab.token, notes=notes)
    page = enter(open_window(), at, "Ann", "lab/workspaces/silence/tree/silence.md?reset")
    expect(badge(page)).to_have_text("Saved on the server")
    line.silence()
    type_(page, "Into nothing.")
    expect(badge(page)).to_have_text(re.compile("Saving"))
    expect(badge(page)).to_have_text(re.compile("kept here"), timeout=BACK)
    line.mend()
    expect(badge(page)).to_have_text("Saved on the server", timeout=BACK)
    wait_for_file(at, "Begun. Into nothing.")


def clear(page, outputs):
    """Clear outputs in a page that may only read: there alone, until it is loaded again."""
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    expect(badge(page)).to_have_text("You can only read")
    run(page, "Clear Outputs of All Cells")
    expect(outputs).to_have_count(0)


def lose_the_database(server, in_its_place=None):
    """Start the server again without what it knew, or with what it knew on an earlier day."""
    if server.process is not None:
        server.kill()
    for each in server.data.glob("wove.db*"):
        each.unlink()
    if in_its_place:
        in_its_place.rename(server.data / "wove.db")
    server.start()


def copies(server):
    """Read the copies of the notes that lie beside them."""
    beside = server.root.glob(f"{server.notes.stem} (*.md")
    return [each.read_text() for each in beside]


def wait_for_file(server, words):
    """Wait until the file holds this."""
    until = time.monotonic() + BACK / 1000
    while (found := server.notes.read_text()) != words:
        assert time.monotonic() < until, found
        time.sleep(0.1)
