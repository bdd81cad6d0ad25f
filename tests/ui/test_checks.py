"""Somebody asks whether a project still runs, and reads the answer on its page."""

import pytest
from playwright.sync_api import expect

from tests.ui.apps import NO_DOCKER, PATIENCE, docked_runner, project_of, told, write
from tests.ui.lab import LOOKS, press, serious, wear
from tests.ui.servers import OWNER, serving


@pytest.fixture(scope="module")
def docked(tmp_path_factory):
    """A server whose runner has Docker."""
    folder = tmp_path_factory.mktemp("checks")
    with docked_runner(folder) as settings, serving(folder / "lab", wove=settings) as server:
        yield server


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A server whose runner has no Docker."""
    folder = tmp_path_factory.mktemp("plain")
    with serving(folder / "lab", wove=told(folder, NO_DOCKER)) as server:
        yield server


@pytest.fixture
def open_page(open_tab):
    """Open the page of a project; give the part about whether it runs."""

    def opened(server, project):
        page = open_tab(server, OWNER, f"lab/workspaces/checks?reset&wove-project={project['id']}")
        page.locator(".wove-Page").wait_for()
        return page, page.get_by_role("region", name="Does it run?")

    return opened


def test_a_project_is_run_and_its_page_says_what_failed_and_then_that_it_runs(
    docked, open_page, open_tab, keep_picture
):
    project = project_of(docked, "height = 3", "print(height / 0)")
    docked.ask(f"wove/api/projects/{project['id']}/publish", {})
    page, part = open_page(docked, project)
    press(part.get_by_role("button", name="Check that it runs"))
    expect(part.get_by_role("button", name="Cancel")).to_be_visible()
    expect(part).to_contain_text("1 notebook failed on", timeout=PATIENCE)
    expect(part).to_contain_text("work.ipynb · code cell 2")
    expect(part).to_contain_text("ZeroDivisionError")
    for theme, size in LOOKS:
        wear(page, theme, size)
        part.scroll_into_view_if_needed()
        keep_picture(page, f"failed-{theme}-{size[0]}")
    assert not serious(page, ".wove-Page")
    write(docked, project, "height = 3", "print(height / 2)")
    docked.ask(f"wove/api/projects/{project['id']}/publish", {})
    press(part.get_by_role("button", name="Check that it runs"))
    expect(part).to_contain_text("Ran without error on", timeout=PATIENCE)
    keep_picture(page, "clean")
    shown = open_tab(docked, OWNER, f"wove/@{project['owner']['handle']}/{project['slug']}")
    expect(shown.locator("header.project")).to_contain_text("Ran without error on")
    keep_picture(shown, "public")


def test_without_docker_it_is_said_what_it_takes(plain, open_page):
    page, part = open_page(plain, project_of(plain, "print('height', 3)"))
    press(part.get_by_role("button", name="Check that it runs"))
    expect(page.locator(".jp-toast-message")).to_contain_text("takes Docker")
