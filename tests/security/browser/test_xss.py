"""Nothing that somebody writes runs in the browser of somebody else, wherever it is shown.

The pages forbid every script, so they are also looked at by a browser that ignores what they
forbid: what is written must be harmless by itself.
"""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.corpora.xss import RUN
from tests.security.browser.hostile import ALL, FILES, TITLES, packed

LONGEST_QUERY = 500
SEARCHED = [text for text in ALL if len(text) <= LONGEST_QUERY]
# What can run, or fetch, or send the reader elsewhere, by what it is.
RUNNING = """() => [...document.querySelectorAll('*')].filter(each =>
  /^(script|iframe|frame|object|embed|base|portal|applet)$/i.test(each.localName)
  || (each.localName === 'meta' && each.httpEquiv === 'refresh')
  || [...each.attributes].some(({name, value}) => /^on/i.test(name) || name === 'srcdoc'
    || /^[\\s\\x00-\\x1f]*(javascript|vbscript|data:text)/i.test(value)
    && /^(href|src|action|formaction|xlink:href|data|ping|values|to)$/i.test(name))
).map(each => each.outerHTML.slice(0, 200))"""


@pytest.fixture
def pages(hostile):
    """List the addresses of all pages that show what Ann has written."""
    full = hostile.full
    versions = hostile.server.ask(f"wove/api/projects/{full['id']}/versions?limit=100", name="Ann")
    first, last = versions["items"][-1]["id"], versions["items"][0]["id"]
    files = ["work.ipynb", "README.md", "page.html", "picture.svg", *FILES[::4]]
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
        assert reader.page.evaluate(RUNNING) == [], address
    if not bypass_csp:
        reader.check_asked()


def test_what_would_run_is_noticed(window):
    reader = window(bypass_csp=True)
    for text in [f"<img src=x onerror={RUN}>", f"<script>{RUN}</script>"]:
        reader.page.set_content(f"<main>{text}</main>")
        reader.page.wait_for_function("() => window.__xss")
        assert reader.page.evaluate(RUNNING) != []
        with pytest.raises(AssertionError):
            reader.check(text)


def test_a_hostile_notebook_is_shown(hostile, window):
    reader = window("Bob")
    reader.open(f"{hostile.page_of(hostile.full)}/files/work.ipynb")
    for text in ["onerror", "sink.invalid", "constructor.constructor"]:
        expect(reader.page.locator("article")).to_contain_text(text)


def test_nothing_runs_on_the_page_of_a_person(hostile, window):
    reader = window("Bob", bypass_csp=True)
    for number, name in enumerate(TITLES[::3]):
        hostile.call_ann(name, "\n".join(packed(ALL[number * 3 :], 2000)))
        reader.open("wove/@ann")
        expect(reader.page.locator("h1")).not_to_be_empty()
        assert reader.page.evaluate(RUNNING) == [], name
    reader.open("wove/?order=new")
    reader.check_asked()


@pytest.mark.parametrize("name", ["Ann", "Bob"])
def test_nothing_runs_in_jupyterlab(hostile, window, name):
    reader = window(name)
    page, mine = reader.page, name == "Ann"
    at = f"wove-project={hostile.full['id']}" if mine else "wove"
    reader.open(f"lab/workspaces/hostile-{name.lower()}?reset&{at}")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    page.locator(".wove-Page" if mine else "#jupyter-wove-projects").first.wait_for()
    for command in ["Explore Shared Projects", "Your Account and API Keys"]:
        _run(page, command)
    for text in SEARCHED[::10]:
        _search(page, text)
        reader.check(text)
    expect(page.locator("body")).to_contain_text("onerror")
    reader.check_asked()


def _run(page, words):
    page.keyboard.press("Control+Shift+C")
    page.locator(".lm-CommandPalette-input").last.fill(words)
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)


def _search(page, text):
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
