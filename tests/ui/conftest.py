"""Chromium, and servers to look at with it: one of its owner's, one that two people share."""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.ui.servers import OWNER, ROOT, serving

expect.set_options(timeout=30_000)  # ms; five seconds are too few for a machine that is busy

CHROMIUM = os.environ.get("WOVE_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent
ARTEFACTS = ROOT / "build" / "artefacts"
WINDOW = {"width": 1400, "height": 900}
ANN, BOB = "Ann", "Bob"


def pytest_collection_modifyitems(items):
    """Let these tests come last: no other loop can run in a thread where Playwright's does."""
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Use the system's Chromium, which talks to nobody but our servers."""
    return {"executable_path": CHROMIUM, "headless": True, "args": FLAGS}


@pytest.fixture(autouse=True)
def jp_asyncio_loop():
    """Keep pytest-jupyter's loop away: Playwright has its own, and both run in this thread."""


@pytest.fixture(autouse=True)
def jp_server_cleanup():
    """Clean nothing up: the servers here are processes of their own."""


@pytest.fixture
def open_window(new_context):
    """Open a browser of its own, with cookies of its own, of a usual size unless told."""

    def opened(**options):
        return new_context(**{"viewport": WINDOW, **options}).new_page()

    return opened


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab server with one owner."""
    with serving(tmp_path_factory.mktemp("lab")) as server:
        yield server


@pytest.fixture(scope="session")
def shared_lab(tmp_path_factory):
    """A JupyterLab server that Ann and Bob share."""
    with serving(tmp_path_factory.mktemp("shared"), ANN, BOB) as server:
        yield server


@pytest.fixture(scope="session")
def browser_of(browser):
    """Give the browser that somebody keeps for a server, signed in, with all it has loaded."""
    kept = {}

    def kept_for(server, name):
        if (server.url, name) not in kept:
            kept[server.url, name] = browser.new_context(viewport=WINDOW)
            page = kept[server.url, name].new_page()
            enter(page, server, name, "wove/")
            page.close()
        return kept[server.url, name]

    yield kept_for
    for context in kept.values():
        context.close()


@pytest.fixture
def open_tab(browser_of):
    """Open a tab in the browser of somebody; it is closed after the test."""
    tabs = []

    def opened(server, name, path):
        tabs.append(browser_of(server, name).new_page())
        tabs[-1].goto(f"{server.url}/{path}")
        return tabs[-1]

    yield opened
    for tab in tabs:
        tab.close()


@pytest.fixture
def open_book(open_tab):
    """Open the notebook of a project in a new workspace."""

    def opened(server, project):
        path = f"lab/workspaces/deploying?reset&wove-project={project['id']}"
        page = open_tab(server, OWNER, path)
        page.locator(".wove-Page").wait_for()
        page.locator(".wove-File").get_by_role("button", name="work.ipynb").click()
        page.locator(".jp-NotebookPanel:visible .jp-CodeCell").first.wait_for()
        return page

    return opened


@pytest.fixture
def sign_in(shared_lab, open_window, open_tab):
    """Open a page of the shared server as somebody; with options, in a browser of its own."""

    def signed_in(name, path="wove/", **options):
        if options:
            return enter(open_window(**options), shared_lab, name, path)
        return open_tab(shared_lab, name, path)

    return signed_in


@pytest.fixture
def lab_of(sign_in):
    """Open JupyterLab as somebody, in a workspace of their own, and wait until it has started."""

    def opened(name, **options):
        page = sign_in(name, f"lab/workspaces/of-{name.lower()}?reset", **options)
        page.locator(".jp-LauncherCard").first.wait_for()
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        return page

    return opened


@pytest.fixture
def open_lab(lab, open_tab):
    """Open a page of the server that is its owner's alone."""
    return lambda path="lab": open_tab(lab, OWNER, path)


def enter(page, server, name, path):
    """Sign in by the form, and go on to a page."""
    page.goto(f"{server.url}/login?next={quote('/' + path)}")
    page.fill("input[name=password]", server.token(name))
    page.locator("#login_submit").click()
    page.wait_for_url(f"{server.url}/{path}**")
    return page


def unused(words):
    """Give a name that is still free on the server, also when a test runs again."""
    return f"{words} {secrets.token_hex(3)}"


@pytest.fixture
def keep_picture(request):
    """Keep a picture of a page among the artefacts, to be looked at."""
    folder = ARTEFACTS / re.sub(r"\W+", "-", Path(request.node.nodeid).name).strip("-")

    def keep(page, name, **options):
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", **options)

    return keep
