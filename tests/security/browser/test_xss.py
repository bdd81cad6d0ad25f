"""Nothing that somebody writes runs in the browser of somebody else, wherever it is shown.

The pages forbid every script, so they are also looked at by a browser that ignores what they
forbid: what is written must be harmless by itself.
"""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.corpora.xss import RUN
from tests.security.browser.hostile import ALL, FILES, packed
from tests.security.browser.walks import RUNNING

LONGEST_QUERY = 500
SEARCHED = packed(ALL, LONGEST_QUERY)


@pytest.fixture
def pages(hostile):
    """List the addresses of all pages that show what Ann has written."""
    full = hostile.full
    versions = hostile.server.ask(f"wove/api/projects/{full['id']}/versions?limit=100", name="Ann")
    first, last = versions["items"][-1]["id"], versions["items"][0]["id"]
    files = ["work.ipynb", "README.md", "page.html", "picture.svg", *FILES[::8]]
    return [
        *(f"wove/?order=new&after={after}" for after in _gallery(hostile)),
        *map(hostile.page_of, hostile.titled),
        hostile.page_of(full),
        *(f"{hostile.page_of(full)}/files/{quote(file, safe='')}" for file in files),
        f"{hostile.page_of(full)}/versions/{first}..{last}",
        f"{hostile.page_of(full)}/versions/{first}..{last}?path=work.ipynb",
    ]


@pytest.fixture
def questions():
    """List the addresses that are hostile themselves."""
    spelled = [quote(text, safe="") for text in SEARCHED]
    return [
        *(f"wove/search?q={text}" for text in spelled),
        *(
            f"wove/?tag={text[:40]}&order={text}&level={text}&after={text}"
            for text in spelled[::4]
        ),
        *(f"wove/@ann/{text}" for text in spelled[::6]),
        *(f"wove/{text}" for text in spelled[::6]),
    ]


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["as served", "without its policy"])
def test_nothing_runs_on_a_page(hostile, window, pages, questions, bypass_csp):
    reader = window(bypass_csp=bypass_csp)
    for address in pages + (questions if bypass_csp else questions[::5]):
        reader.open(address)
        assert reader.page.evaluate(RUNNING, "*") == [], address
    if not bypass_csp:
        reader.check_asked()


def test_what_would_run_is_noticed(window):
    reader = window(bypass_csp=True)
    for text in [f"<img src=x onerror={RUN}>", f"<script>{RUN}</script>"]:
        reader.page.set_content(f"<main>{text}</main>")
        reader.page.wait_for_function("() => window.__xss")
        assert reader.page.evaluate(RUNNING, "*") != []
        with pytest.raises(AssertionError):
            reader.check(text)


def test_a_hostile_notebook_is_shown(hostile, window):
    reader = window("Bob")
    reader.open(f"{hostile.page_of(hostile.full)}/files/work.ipynb")
    for text in ["onerror", "sink.invalid", "constructor.constructor"]:
        expect(reader.page.locator("article")).to_contain_text(text)


def test_nothing_runs_on_the_page_of_a_person(hostile, window):
    reader = window("Bob", bypass_csp=True)
    for handle in hostile.handles:
        reader.open(f"wove/@{quote(handle)}")
        expect(reader.page.locator("h1")).not_to_be_empty()
        assert reader.page.evaluate(RUNNING, "*") == [], handle
    reader.check_asked()


def test_nothing_runs_in_the_jupyterlab_of_a_visitor(hostile, window):
    reader = window("Bob")
    page = reader.page
    reader.open("lab/workspaces/visitor?reset&wove")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    page.locator("#jupyter-wove-projects").wait_for()
    run(page, "Explore Shared Projects")
    for text in SEARCHED:
        search(page, text)
        reader.check(text)
    expect(page.locator("body")).to_contain_text("onerror")
    reader.check_asked()


def run(page, words):
    """Run a command of JupyterLab by its name."""
    page.keyboard.press("Control+Shift+C")
    page.locator(".lm-CommandPalette-input").last.fill(words)
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)


def search(page, text):
    """Search for a text in the panel Explore."""
    box = page.get_by_role("combobox", name="Search projects and notebooks")
    box.fill(text)
    box.press("Enter")
    page.wait_for_load_state("networkidle")


def _gallery(hostile):
    """List where the pages of the gallery begin."""
    after, begins = "", []
    while after is not None:
        begins.append(after)
        query = f"order=new&limit=24{f'&after={after}' if after else ''}"
        after = hostile.server.ask(f"wove/api/gallery?{query}", name="Ann")["next"]
    return begins
