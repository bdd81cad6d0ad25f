"""Nothing that somebody writes runs in the JupyterLab of somebody else, in any of its views."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.corpora.xss import RUN
from tests.security.browser.conftest import Window
from tests.security.browser.hostile import ALL, FILES, MESSAGES, NAMED, PACKS, packed
from tests.security.browser.test_xss import SEARCHED, run, search
from tests.security.browser.walks import (
    ARCHIVES,
    GO,
    MEMBERS,
    PROJECTS,
    REMIX,
    RUNNING,
    walk,
)

# What Wove draws, and what JupyterLab draws of what Wove says.
DRAWN = (".wove-Widget", ".jp-Dialog", ".Toastify", ".lm-TabBar", "#jp-main-statusbar")
BAD = f"Object.assign(document.createElement('b'), {{id: 'bad', innerHTML: `<i onclick={RUN}>`}})"
KEPT = [name for name in FILES if "\\" not in name]


@pytest.fixture(scope="module")
def lab(hostile, browser):
    """Open JupyterLab as Ann, once for all tests: it stays as it is between them."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    window = Window(context.new_page(), hostile.server, "Ann")
    window.open(f"lab/workspaces/hostile?reset&wove-project={hostile.team['id']}")
    window.page.locator("#jupyterlab-splash").wait_for(state="detached")
    window.page.locator(".wove-Page").wait_for()
    yield window
    context.close()


@pytest.fixture(autouse=True)
def harmless(lab):
    """Check after each test that nothing ran, could run, or was fetched from elsewhere."""
    yield
    lab.check("JupyterLab")
    lab.check_asked()
    assert lab.page.evaluate(RUNNING, ", ".join(f"{where} *" for where in DRAWN)) == []


def test_what_would_run_in_jupyterlab_is_noticed(lab):
    within = f"{DRAWN[0]} *"
    assert lab.page.evaluate(RUNNING, within) == []
    lab.page.evaluate(f"() => document.querySelector('{DRAWN[0]}').append({BAD})")
    assert len(lab.page.evaluate(RUNNING, within)) == 1
    lab.page.evaluate("() => document.querySelector('#bad').remove()")


def test_history_shows_what_everybody_wrote(lab):
    versions = lab.page.locator(".wove-Version")
    versions.first.wait_for()
    while (before := versions.count()) < len(PACKS):
        lab.page.get_by_role("button", name="Show older").click()
        expect(versions).not_to_have_count(before)
    _check_shown(lab.page.locator(".wove-Versions").text_content(), NAMED, MESSAGES, PACKS)


def test_explore_and_account_show_what_people_wrote(lab):
    for command in ["Explore Shared Projects", "Your Account and API Keys"]:
        run(lab.page, command)
    for text in SEARCHED[::10]:
        search(lab.page, text)
        lab.check(text)


def test_lineage_shows_every_title_and_name(lab):
    lineage = lab.page.locator(".wove-Page .wove-Lineage").first
    _check_shown(lineage.text_content(), PACKS, [f"by {name}" for name in PACKS])


def test_a_comparison_shows_every_file_and_cell(hostile, lab):
    lab.page.evaluate(GO, f"?wove-project={hostile.full['id']}")
    page = lab.page.locator(".wove-Page", has_text="Everything")
    page.get_by_role("button", name="Compare with now").last.click()
    compared = lab.page.locator(".wove-Compare")
    files = compared.locator(".wove-Compare-files")
    files.get_by_text("work.ipynb").wait_for()
    _check_shown(files.text_content(), KEPT)
    for file in ["page.html", "README.md", "picture.svg", "work.ipynb"]:
        files.get_by_text(file).click()
        expect(compared.locator(".wove-Compare-path")).to_have_text(file)
        compared.locator(".wove-Cell").first.wait_for()
        lab.check(file)
    _check_shown(compared.locator(".wove-Cells").text_content(), ALL)


def test_panel_and_status_bar_show_each_project(lab):
    titles = PACKS[: len(NAMED)]
    _check_walk(lab, PROJECTS, titles, titles, NAMED)


def test_remix_dialog_shows_title_and_owner(hostile, lab):
    ids = [project["id"] for project in hostile.titled]
    _check_walk(lab, REMIX, ids, [f"Remix “{name}” by {name}" for name in PACKS])


def test_dialog_for_a_folder_shows_its_path(hostile, lab):
    names = packed([name for name in KEPT if "/" not in name], 200)[::-1]
    hostile.server.root.joinpath(*names).mkdir(parents=True)
    _go_to_folder(lab.page, "/".join(names))
    expect(lab.page.locator(".wove-Nowhere h3")).to_contain_text("is in no project")
    _check_shown(lab.page.locator(".wove-Nowhere").text_content(), names[-1:])
    lab.page.get_by_role("button", name="Make this folder a project").click()
    _check_shown(lab.page.locator(".jp-Dialog .wove-Form").text_content(), names)
    lab.check("the dialog")
    lab.page.get_by_role("button", name="Cancel").click()


def test_import_dialog_shows_the_archive(lab):
    _go_to_folder(lab.page, "/")
    names = packed([name for name in KEPT if "/" not in name], 200)
    _check_walk(lab, ARCHIVES, names, names)


def test_an_import_shows_what_came_of_it(lab):
    page, content = lab.page, BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr(FILES[0], FILES[0])
    page.get_by_role("button", name="Import archive…").click()
    sent = {"name": "x.zip", "mimeType": "", "buffer": content.getvalue()}
    page.get_by_label("Archive", exact=True).set_input_files(sent)
    page.get_by_label("Title of the project").fill(PACKS[0])
    page.locator(".jp-Dialog .jp-mod-accept").click()
    told = page.locator(".Toastify__toast", has_text="is ready in")
    _check_shown(told.text_content(), PACKS[:1])
    page.locator(".jp-DirListing-item", has_text=FILES[0]).wait_for()


def test_members_are_shown_and_let_go(hostile, lab):
    lab.page.evaluate(GO, f"?wove-project={hostile.team['id']}")
    members = lab.page.locator(".wove-Here .wove-Members")
    expect(members.locator("li")).to_have_count(len(PACKS) + 1)
    _check_shown(members.text_content(), PACKS)
    gone = f"{PACKS[-1]} does not work on this project any more."
    _check_walk(lab, MEMBERS, gone, [gone])


def _go_to_folder(page, path):
    run(page, "Open from Path")
    page.locator(".jp-Dialog input").fill(path)
    page.keyboard.press("Enter")
    page.locator(".jp-Dialog").wait_for(state="detached")
    page.locator("#filebrowser").wait_for()
    page.evaluate(GO, "?wove")
    page.locator(".wove-Nowhere").wait_for()


def _check_walk(lab, steps, argument, *lists):
    """Take a walk, on which nothing could run, and these texts were seen."""
    seen, found = walk(lab.page, steps, argument)
    assert found == []
    _check_shown(" ".join(seen), *lists)


def _check_shown(shown, *lists):
    """Check that texts are there, as texts; white space and signs without a look do not count."""
    plain = _plain(shown)
    assert [text for texts in lists for text in texts if _plain(text) not in plain] == []


def _plain(text):
    return re.sub(r"[\s\x00-\x1f]", "", text)
