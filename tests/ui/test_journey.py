"""The first street of the house: Ann makes, versions and publishes; Bob finds, reads, remixes."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import ANN, BOB
from tests.ui.servers import serving

WORD = "clepsydra"  # stands in one cell of Ann's notebook, and nowhere else


@pytest.fixture
def shared_lab(tmp_path):
    """A server of this journey's own: nobody has been there before."""
    with serving(tmp_path, ANN, BOB) as server:
        yield server


@pytest.fixture
def picture(keep_picture):
    """Keep a numbered picture of each step."""
    numbers = iter(range(1, 100))
    return lambda page, name: keep_picture(page, f"{next(numbers):02}-{name}")


def test_two_people_make_publish_find_remix_and_restore(sign_in, shared_lab, picture):
    ann = open_wove(sign_in(ANN, "lab"))
    make_project(ann, "Water clocks")
    picture(ann, "ann-made-a-project")
    folder = shared_lab.root / "water-clocks"

    name = next(folder.glob("*.ipynb")).name
    open_file(ann, name)
    write_and_run(ann, f"{WORD} = 6 * 7; print('{WORD} runs', {WORD})", f"{WORD} runs 42")
    picture(ann, "ann-ran-her-notebook")
    save_version(ann, "Measure with a water clock")
    picture(ann, "ann-saved-a-version")
    assert WORD in (folder / name).read_text()
    publish(ann)
    picture(ann, "ann-published")

    bob = sign_in(BOB, f"wove/search?q={WORD}")
    until_found(bob, "Water clocks")
    picture(bob, "bob-found-it")
    bob.locator("a[href*='#cell-']").first.click()
    expect(bob.locator("body")).to_contain_text(f"{WORD} runs 42")
    picture(bob, "bob-reads-without-jupyterlab")

    bob.get_by_role("link", name="Remix in JupyterLab").click()
    dialog = bob.locator(".jp-Dialog")
    dialog.get_by_role("button", name="Remix").click(timeout=60_000)
    remix = shared_lab.root / "water-clocks-2"
    open_notebook = bob.locator(f".lm-TabBar-tab.lm-mod-current[title*='water-clocks-2/{name}']")
    expect(open_notebook).to_be_visible(timeout=60_000)
    picture(bob, "bob-remixed")
    trust(bob)  # it is somebody else's, and this server has no sandbox
    write_and_run(bob, "print('mine', 2 ** 10)", "mine 1024")
    bob.keyboard.press("Control+s")
    until_text_in(remix / name, "mine", bob)
    assert "mine" not in (folder / name).read_text()

    bob.goto(f"{shared_lab.url}/wove/@bob/water-clocks")
    expect(bob.get_by_role("link", name="Ann").first).to_be_visible()
    expect(bob.get_by_text("Remixed from")).to_be_visible()
    picture(bob, "bob-sees-ann-in-the-lineage")

    restore_first(ann)
    picture(ann, "ann-restored")
    expect_text_gone(folder / name, WORD)
    kept = shared_lab.ask(
        f"wove/api/projects/{project_id(shared_lab)}/versions?kind=named", name=ANN
    )
    # Publishing saves what the kernel may have written since, so a version may stand between.
    messages = [each["message"] for each in kept["items"] if each["message"] != "Published"]
    assert messages[1:] == ["Measure with a water clock", "Start from the template Analysis"]


def open_wove(page):
    """Go to the Wove panel of the left sidebar."""
    expect(page.locator("#jupyterlab-splash")).to_be_hidden(timeout=60_000)
    if not page.locator("#jupyter-wove-projects").is_visible():
        page.get_by_role("tab", name="Wove", exact=True).click(timeout=60_000)
    return page


def make_project(page, title):
    page.get_by_role("button", name="New project…").first.click()
    dialog = page.locator(".jp-Dialog")
    dialog.get_by_label("Title").fill(title)
    dialog.get_by_label(re.compile("Analysis")).check()
    dialog.get_by_role("button", name="Create").click()
    expect(page.get_by_role("region", name="This project")).to_contain_text(title, timeout=30_000)


def open_file(page, name):
    """Open a notebook from the file browser, and wait for its kernel."""
    page.get_by_role("tab", name=re.compile("File Browser")).click()
    item = page.locator(".jp-DirListing-item", has_text=name)
    expect(item.locator(".jp-DirListing-itemName")).to_be_visible()
    item.dblclick()
    expect(page.locator(".jp-NotebookPanel:visible .jp-Cell").first).to_be_visible(timeout=60_000)


def trust(page):
    """Answer what is asked before code of somebody else runs."""
    page.locator(".jp-Dialog").get_by_role("button", name="Trust This Project").click()


def write_and_run(page, source, output):
    """Put a cell below the first one of the open notebook, and run it with the real kernel."""
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=90_000)
    page.locator(".jp-NotebookPanel:visible .jp-Cell").first.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")
    outputs = page.locator(".jp-NotebookPanel:visible .jp-OutputArea-output", has_text=output)
    expect(outputs).to_be_visible(timeout=60_000)


def until_text_in(path, text, page):
    """Wait until a notebook that is being saved has some text."""
    for _ in range(40):
        if text in path.read_text():
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{text} is not in {path.name}")


def save_version(page, message):
    page.locator('.jp-NotebookPanel-toolbar:visible [data-command="wove:save-version"]').click()
    dialog = page.locator(".jp-Dialog")
    dialog.get_by_label("What changed?").fill(message)
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden(timeout=30_000)


def publish(page):
    open_wove(page)
    page.get_by_role("button", name="Publish…").click()
    page.locator(".jp-Dialog").get_by_role("button", name="Publish").click()
    dialog = page.locator(".jp-Dialog")
    address = re.compile("/wove/@ann/water-clocks$")
    expect(dialog.get_by_label("Address")).to_have_value(address, timeout=30_000)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def until_found(page, title):
    """Search again until the index has caught up."""
    for _ in range(40):
        if page.get_by_role("link", name=title).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{title} was not found")


def restore_first(page):
    """Bring the version back that the project began with."""
    open_wove(page)
    page.get_by_role("button", name="Open page").click()
    versions = page.get_by_role("region", name="Versions")
    versions.get_by_role("listitem").last.get_by_role("button", name=re.compile("Restore")).click()
    page.locator(".jp-Dialog").get_by_role("button", name=re.compile("Restore")).click()
    expect(versions).to_contain_text("Restore all files", timeout=30_000)


def expect_text_gone(path, text):
    assert text not in "".join(
        "".join(cell["source"]) for cell in json.loads(path.read_text())["cells"]
    )


def project_id(server):
    return server.ask("wove/api/people/ann/projects/water-clocks", name=ANN)["id"]
