"""From a notebook to an address that answers, and back, in Chromium and with the real runner."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.ui import servers
from tests.ui.apps import (
    NO_DOCKER,
    PATIENCE,
    again,
    app_page,
    close,
    deploy,
    docked_runner,
    ends,
    newest,
    plan,
    project_of,
    shown,
    told,
    write,
)
from tests.ui.lab import LOOKS, dialog, explore, press, run, serious, undo, wear
from tests.ui.servers import serving

WAITS = "import time\nprint('waiting', flush=True)\ntime.sleep(600)"

SHELF = "[jupyter_wove.targets]\nshelf = tests.unit.deploy.targets.shelf:SHELF\n"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A server whose runner has no Docker."""
    folder = tmp_path_factory.mktemp("plain")
    with serving(folder / "lab", wove=told(folder, NO_DOCKER)) as server:
        yield server


@pytest.fixture(scope="module")
def shelved(tmp_path_factory):
    """A server that also allows Lambda, and a target of another package: a folder."""
    folder = tmp_path_factory.mktemp("shelved")
    about = folder / "site-packages" / "shelf-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: shelf\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(SHELF)
    shelf = folder / "shelf"
    shelf.mkdir()
    settings = {"shelf": {"SHELF_PLACE": str(shelf)}, "aws-lambda": {"AWS_REGION": "eu-north-1"}}
    wove = told(folder, NO_DOCKER) | {"targets": settings}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(servers, "SOURCES", [*servers.SOURCES, about.parent])
        with serving(folder / "lab", wove=wove) as server:
            server.shelf = shelf
            yield server


@pytest.fixture(scope="module")
def docked(tmp_path_factory):
    """A server whose runner has Docker; what it makes is labelled with a name of its own."""
    folder = tmp_path_factory.mktemp("docked")
    with docked_runner(folder) as settings, serving(folder / "lab", wove=settings) as server:
        yield server


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


def test_an_app_is_served_elsewhere_once_that_place_is_told_what_it_needs(
    shelved, open_book, keep_picture
):
    project = project_of(shelved, "print('height', 3)")
    (shelved.root / project["folder"] / "index.html").write_text("<h1>Waves</h1>")
    asked = plan(page := open_book(shelved, project))
    here = asked.get_by_role("radio", name="This server")
    expect(here).to_be_checked()
    expect(asked.get_by_text("Takes only functions.")).to_be_visible()  # what Lambda says
    keep_picture(page, "places")
    here.focus()
    shelf = asked.get_by_role("radio", name="The shelf")
    while not shelf.is_checked():
        page.keyboard.press("ArrowDown")
    sends = asked.get_by_role("button", name="Deploy", exact=True)
    expect(asked.get_by_role("alert")).to_have_text("Takes only Web site.")
    asked.get_by_label("Becomes").select_option("site")
    expect(asked.get_by_role("alert")).to_contain_text("Asks nobody who they are")
    expect(sends).to_be_disabled()
    asked.get_by_label("Who may visit?").select_option("public")
    expect(asked.get_by_role("alert")).to_have_count(0)
    expect(sends).to_be_disabled()
    asked.get_by_label("SHELF_TOKEN").fill("tell-nobody")
    expect(sends).to_be_enabled()
    assert not serious(page, ".jp-Dialog .wove-Form")
    keep_picture(page, "needs")
    deploy(page)
    ends(page, "Deployed", 1)
    assert (shelved.shelf / "live").exists()
    expect(app_page(page).locator("header")).to_contain_text("served at shelf")
    assert "tell-nobody" not in page.content()
    press(app_page(page).locator("header").get_by_role("button", name="Deploy again…"))
    expect(dialog(page).get_by_role("radio", name="The shelf")).to_be_checked()
    expect(dialog(page).get_by_text("Known already")).to_contain_text("SHELF_TOKEN")
    expect(dialog(page).get_by_role("radio", name="This server")).to_be_disabled()


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
