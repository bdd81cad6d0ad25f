"""Two people in one notebook, through a cut line and the death of the server."""

import re
import time
from types import SimpleNamespace

import nbformat
import pytest
from playwright.sync_api import expect

from tests.ui.conftest import ANN, ARTEFACTS, BOB, enter
from tests.ui.line import Line
from tests.ui.servers import serving

BACK = 20_000  # milliseconds until a tab has found its server again, on a busy machine
SAVED = "Saved on the server"
KEPT = re.compile(r"Offline: \d+ changes? kept here")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of two people, with a notebook of theirs, that can be killed."""
    with serving(tmp_path_factory.mktemp("together") / "lab", ANN, BOB) as server:
        cells = [
            nbformat.v4.new_code_cell(f"{each}.", id=each) for each in ("one", "two", "three")
        ]
        metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        book = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
        (server.root / "book.ipynb").write_text(nbformat.writes(book))
        yield server


@pytest.fixture
def line(server):
    line = Line(server.port)
    yield line
    line.close()


@pytest.fixture
def open_book(server, open_window):
    """Open the notebook as somebody, at an address of the server."""

    def opened(name, url):
        where = f"lab/workspaces/of-{name.lower()}/tree/book.ipynb?reset"
        at = SimpleNamespace(url=url, token=server.token)
        page = enter(open_window(), at, name, where)
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        expect(sources(page)).to_have_count(3)
        expect(badge(page)).to_have_text(SAVED, timeout=BACK)
        return page

    return opened


def sources(page):
    return page.locator(".jp-Notebook .jp-Cell .cm-content")


def badge(page):
    return page.locator(".wove-Safety")


def type_into(page, which, words):
    """Write at the end of the cell that begins so."""
    sources(page).filter(has_text=re.compile(which)).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def texts(page):
    return [text.replace("\n", "") for text in sources(page).all_inner_texts()]


def picture(page, name):
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"together-{name}.png")


def test_nothing_of_two_people_is_lost_or_doubled(server, line, open_book, record_property):
    ann, bob = open_book(ANN, line.url), open_book(BOB, server.url)
    type_into(ann, "one", " Ann began.")
    type_into(bob, "two", " Bob began.")
    expect(sources(bob).first).to_have_text("one. Ann began.")
    expect(ann.locator(".cm-ySelectionCaret, .jp-remote-cursor").first).to_be_attached()
    picture(ann, "begun")

    line.cut()
    type_into(ann, "one", " Ann alone.")
    type_into(ann, "three", " Ann in three.")
    expect(badge(ann)).to_have_text(KEPT)
    type_into(bob, "one", " Bob meanwhile.")
    sources(bob).filter(has_text="three").click()
    bob.keyboard.press("Escape")
    bob.keyboard.press("Control+Shift+ArrowUp")  # moved while Ann types in it, far away
    expect(sources(bob).nth(1)).to_have_text("three.")
    expect(badge(bob)).to_have_text(SAVED)
    server.kill()
    type_into(bob, "two", " Bob alone.")
    expect(badge(bob)).to_have_text(KEPT)
    picture(bob, "alone")
    server.start()
    expect(badge(bob)).to_have_text(SAVED, timeout=BACK)

    mended = time.monotonic()
    line.mend()
    expect(badge(ann)).to_have_text(SAVED, timeout=BACK)
    record_property("seconds until Ann was back", time.monotonic() - mended)
    expect(sources(bob).nth(1)).to_have_text("three. Ann in three.")
    expect(sources(bob).nth(2)).to_have_text("two. Bob began. Bob alone.")
    both = {
        "one. Ann began. Ann alone. Bob meanwhile.",
        "one. Ann began. Bob meanwhile. Ann alone.",
    }
    assert texts(bob)[0] in both
    for at, text in enumerate(texts(bob)):
        expect(sources(ann).nth(at)).to_have_text(text)
    type_into(ann, "two", " Ann is back.")
    expect(sources(bob).nth(2)).to_contain_text("Ann is back.")
    expect(bob.locator(".cm-ySelectionCaret, .jp-remote-cursor").first).to_be_attached()
    picture(bob, "back")
    wait_for_file(server, texts(bob))


def wait_for_file(server, cells):
    """Wait until the file holds these."""
    until = time.monotonic() + BACK / 1000
    while (found := written(server)) != cells:
        assert time.monotonic() < until, found
        time.sleep(0.1)


def written(server):
    return [cell.source for cell in nbformat.read(server.root / "book.ipynb", 4).cells]
