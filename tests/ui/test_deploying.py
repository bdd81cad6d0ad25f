"""From a notebook to an address that answers, and back, in Chromium and with the real runner."""

import asyncio
import os
import secrets
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from jupyter_wove_runner.containers import Engine
from jupyter_wove_runner.networks import Networks
from jupyter_wove_runner.reconciling import clear
from jupyter_wove_runner.settings import WoveRunner
from playwright.sync_api import expect

from tests.ui.conftest import unused
from tests.ui.lab import LOOKS, dialog, explore, press, run, serious, undo, wear
from tests.ui.servers import OWNER, serving

PATIENCE = 120_000  # milliseconds, for a build on a busy machine
NO_DOCKER = "c.WoveRunner.docker_url = 'unix:///nowhere'\n"
WAITS = "import time\nprint('waiting', flush=True)\ntime.sleep(600)"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A server whose runner has no Docker."""
    yield from served(tmp_path_factory.mktemp("plain"), NO_DOCKER)


@pytest.fixture(scope="module")
def docked(tmp_path_factory):
    """A server whose runner has Docker; what it makes is labelled with a name of its own."""
    if not (url := os.environ.get("WOVE_TEST_DOCKER", "")):
        pytest.skip("needs Docker: WOVE_TEST_DOCKER says where it listens")
    name = f"test-ui-{secrets.token_hex(3)}"
    words = f"c.WoveRunner.docker_url = {url!r}\nc.WoveRunner.name = {name!r}\n"
    words += "c.WoveRunner.prepare = False\n"
    yield from served(tmp_path_factory.mktemp("docked"), words)
    # Playwright's loop is in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, cleared(WoveRunner(docker_url=url, name=name))).result()


async def cleared(settings):
    """Leave nothing of a runner on its engine."""
    async with Engine(settings.docker_url, settings.name) as engine:
        await clear(engine, Networks(engine, settings.subnets))
        for image in await engine.images(label=f"wove.runner={settings.name}"):
            await engine.remove_image(image)


def served(folder, words):
    config = folder / "runner.py"
    config.write_text(words)
    with serving(folder / "lab", wove={"runner_config": str(config)}) as server:
        yield server


def project_of(server, *sources, outputs="height 3\n"):
    """Make a project of one notebook, with the outputs that it has."""
    made = server.ask("wove/api/projects", {"title": unused("Waves")})
    write(server, made, *sources, outputs=outputs)
    server.ask(f"wove/api/projects/{made['id']}/versions", {"message": "A notebook"})
    return made


def write(server, project, *sources, outputs="height 3\n"):
    told = [nbformat.v4.new_output("stream", name="stdout", text=outputs)]
    codes = [nbformat.v4.new_code_cell(each, outputs=told) for each in sources]
    cells = [nbformat.v4.new_markdown_cell("# Waves"), *codes]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    book = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    (server.root / project["folder"] / "work.ipynb").write_text(nbformat.writes(book))


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


def plan(page):
    """Press the button of the notebook's toolbar; give the dialog with the plan."""
    page.locator(".jp-NotebookPanel:visible [data-jp-item-name=wove-deploy]").click()
    expect(dialog(page).get_by_text("The plan")).to_be_visible()
    return dialog(page)


def deploy(page):
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(dialog(page)).to_have_count(0)


def app_page(page):
    return page.locator(".wove-App:visible")


def newest(page):
    """Give the deployment that the page of an app shows."""
    return app_page(page).locator(".wove-Deployment")


def ends(page, word, number):
    """Wait until a deployment has ended in some way."""
    expect(newest(page).get_by_role("heading", name=f"Deployment {number}")).to_be_visible()
    head = newest(page).locator(".wove-Deployment-head")
    expect(head).to_contain_text(word, timeout=PATIENCE)


def again(page):
    press(app_page(page).locator("header").get_by_role("button", name="Deploy again…"))
    expect(dialog(page).get_by_text("The plan")).to_be_visible()
    deploy(page)


def close(page, name):
    """Close a tab, whose file is about to be written by others."""
    page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text=name).locator(
        ".lm-TabBar-tabCloseIcon"
    ).click()


def shown(page):
    """Say what a visitor sees at the address of the app."""
    link = app_page(page).locator(".wove-Address-link")
    with page.context.expect_page() as opened:
        link.click()
    visitor = opened.value
    visitor.wait_for_load_state()
    words = visitor.locator("body").inner_text()
    visitor.close()
    return words


def test_a_notebook_goes_live_gets_a_second_version_and_comes_back(plain, open_book, keep_picture):
    project = project_of(plain, "print('height', 3)")
    page = open_book(plain, project)
    asked = plan(page)
    expect(asked.get_by_label("Becomes")).to_have_value("saved")
    expect(asked).to_contain_text("needs no Docker")
    keep_picture(page, "plan")
    deploy(page)
    ends(page, "Deployed", 1)
    expect(newest(page).get_by_role("region", name="Log of deployment 1")).to_contain_text("page")
    assert "height 3" in shown(page)
    close(page, "work.ipynb")
    write(plain, project, "print('height', 4)", outputs="height 4\n")
    again(page)
    ends(page, "Deployed", 2)
    assert "height 4" in shown(page)
    press(app_page(page).get_by_role("button", name="Roll back to 1"))
    ends(page, "Rolled back", 3)
    assert "height 3" in shown(page)
    undo(page)
    ends(page, "Rolled back", 4)
    assert "height 4" in shown(page)
    keep_picture(page, "live")


def test_what_is_missing_is_said_with_what_works_without_it(plain, open_book, keep_picture):
    page = open_book(plain, project_of(plain, "print('height', 3)"))
    asked = plan(page)
    asked.get_by_label("Becomes").select_option("voila")
    expect(asked.get_by_role("alert")).to_contain_text("Docker")
    keep_picture(page, "missing")
    press(asked.get_by_role("button", name="Use the outputs they have"))
    expect(asked.get_by_label("Becomes")).to_have_value("saved")
    expect(asked.get_by_role("alert")).to_have_count(0)


def test_a_name_that_another_app_has_is_refused_while_it_is_typed(plain, open_book):
    first, other = (project_of(plain, "1") for _ in range(2))
    plain.ask(f"wove/api/projects/{first['id']}/apps", {"slug": "tides-of-ann"})
    asked = plan(open_book(plain, other))
    asked.get_by_label("Name in the address").fill("tides-of-ann")
    expect(asked).to_contain_text("Another app has this name")
    expect(asked.get_by_role("button", name="Deploy", exact=True)).to_be_disabled()
    asked.get_by_label("Name in the address").fill(f"tides-{secrets.token_hex(3)}")
    expect(asked.get_by_role("button", name="Deploy", exact=True)).to_be_enabled()


def test_an_app_that_everybody_may_visit_is_opened_from_the_gallery(
    plain, open_book, keep_picture
):
    project = project_of(plain, "print('height', 3)")
    page = open_book(plain, project)
    plan(page).get_by_label("Who may visit?").select_option("public")
    deploy(page)
    ends(page, "Deployed", 1)
    plain.ask(f"wove/api/projects/{project['id']}/publish", {"visibility": "public"})
    explore(page)
    card = page.get_by_role("article", name=project["title"]).filter(has_text="remix")
    keep_picture(page, "gallery")
    with page.context.expect_page() as opened:
        card.get_by_role("button", name="Open app").click()
    expect(opened.value.locator("body")).to_contain_text("height 3")
    opened.value.close()


def test_an_app_is_stopped_woken_deleted_and_brought_back(plain, open_book):
    page = open_book(plain, project_of(plain, "print('height', 3)"))
    plan(page)
    deploy(page)
    ends(page, "Deployed", 1)
    head = app_page(page).locator("header")
    press(head.get_by_role("button", name="Stop"))
    expect(head).to_contain_text("Stopped")
    press(head.get_by_role("button", name="Wake"))
    expect(head).to_contain_text("Live")
    run(page, "Show Deployments")
    cards = page.locator(".wove-AppCard")
    expect(cards).to_have_count(1)
    press(head.get_by_role("button", name="More about"))
    page.locator(".lm-Menu-item", has_text="Delete App").click()
    expect(cards).to_have_count(0)
    undo(page)
    expect(cards).to_have_count(1)


def test_domains_and_variables_are_added_and_values_are_never_shown(plain, open_book):
    page = open_book(plain, project_of(plain, "print('height', 3)"))
    plan(page)
    deploy(page)
    ends(page, "Deployed", 1)
    parts = app_page(page)
    parts.locator("summary", has_text="Own domains").click()
    parts.get_by_label("Host name").fill("waves.example.org")
    parts.get_by_label("Host name").press("Enter")
    expect(parts).to_contain_text("Add a record CNAME for waves.example.org")
    parts.locator("summary", has_text="Variables").click()
    press(parts.get_by_role("button", name="Add a variable…"))
    dialog(page).get_by_label("Name", exact=True).fill("WEATHER_KEY")
    dialog(page).get_by_label("Value").fill("tell-nobody")
    deploy(page)
    expect(parts).to_contain_text("WEATHER_KEY")
    page.reload()
    page.locator(".wove-App summary", has_text="Variables").click()
    expect(app_page(page)).to_contain_text("WEATHER_KEY")
    assert "tell-nobody" not in page.content()


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_apps_can_be_used_by_everybody_in_light_and_dark_wide_and_narrow(
    plain, open_book, keep_picture, theme, size
):
    page = open_book(plain, project_of(plain, "print('height', 3)"))
    plan(page)
    assert not serious(page, ".jp-Dialog .wove-Form")
    deploy(page)
    ends(page, "Deployed", 1)
    run(page, "Show Deployments")
    wear(page, theme, size)
    expect(page.locator(".wove-AppCard")).to_contain_text("Live")
    keep_picture(page, f"{theme}-{size[0]}")
    assert not serious(page, ".wove-App")
    assert not serious(page, "#wove-deployments")


def test_a_cell_that_fails_is_named_shown_and_its_traceback_told(docked, open_book, keep_picture):
    project = project_of(docked, "height = 3", "print(height / 0)")
    page = open_book(docked, project)
    asked = plan(page)
    asked.get_by_label("Becomes").select_option("executed")
    expect(asked).to_contain_text("is built and run in Docker")
    deploy(page)
    ends(page, "Failed", 1)
    failure = app_page(page).get_by_role("alert", name="Why it failed")
    expect(failure).to_contain_text("code cell 2")
    expect(failure).to_contain_text("ZeroDivisionError")
    keep_picture(page, "failed")
    press(failure.get_by_role("button", name="Show the cell"))
    active = page.locator(".jp-NotebookPanel:visible .jp-Cell.jp-mod-active")
    expect(active).to_contain_text("height / 0")


def test_a_deployment_that_is_cancelled_stops_and_leaves_nothing_live(
    docked, open_book, keep_picture
):
    page = open_book(docked, project_of(docked, WAITS))
    asked = plan(page)
    asked.get_by_label("Becomes").select_option("executed")
    expect(asked).to_contain_text("is built and run in Docker")
    deploy(page)
    expect(newest(page).locator(".wove-Steps")).to_contain_text("Run notebooks", timeout=PATIENCE)
    keep_picture(page, "running")
    press(newest(page).get_by_role("button", name="Cancel"))
    ends(page, "Cancelled", 1)
    expect(app_page(page).locator("header")).to_contain_text("Never live yet")
