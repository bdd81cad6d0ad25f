"""Who is here, and following them: two people with browsers of their own, in one project."""

import re

import nbformat
import pytest
from playwright.sync_api import expect

from tests.ui.conftest import ANN, BOB, WINDOW, enter, unused
from tests.ui.lab import dialog, press, run, serious, wear

NARROW = (900, 600)
SOON = 10_000  # milliseconds, on a busy machine
OUTER = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"
ACTIVE = re.compile("jp-mod-active")


@pytest.fixture(scope="module")
def project(shared_lab):
    """A project of Ann and Bob with a long notebook and a long text."""
    made = shared_lab.ask("wove/api/projects", {"title": unused("Together")}, name=ANN)
    shared_lab.ask("wove/api/me", name=BOB)
    bob = f"wove/api/projects/{made['id']}/members/bob"
    shared_lab.ask(bob, {"role": "editor"}, name=ANN, method="PUT")
    folder = shared_lab.root / made["folder"]
    cells = [nbformat.v4.new_code_cell(f"# {at}\n\n\n\n\n", id=f"c{at}") for at in range(1, 31)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    (folder / "work.ipynb").write_text(nbformat.writes(notebook))
    (folder / "notes.txt").write_text("".join(f"Line {at}.\n" for at in range(1, 400)))
    (shared_lab.root / "elsewhere.txt").write_text("Not in the project.\n")
    return made


@pytest.fixture(scope="module")
def enter_as(browser, shared_lab, project):
    """Open the notebook as somebody, with the panel that says who is here."""
    contexts = []

    def entered(name):
        contexts.append(browser.new_context(viewport=WINDOW))
        where = f"lab/workspaces/of-{name.lower()}/tree/{project['folder']}/work.ipynb?reset"
        page = enter(contexts[-1].new_page(), shared_lab, name, where)
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        page.locator(".cm-content").first.wait_for()
        page.get_by_role("tab", name="Wove", exact=True).click()
        people(page).wait_for()
        return page

    yield entered
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def alone(enter_as):
    """Ann, before anybody else has come."""
    ann = enter_as(ANN)
    expect(people(ann)).to_contain_text("Nobody else is here. Add people under the members")
    return ann


@pytest.fixture(scope="module")
def bob(alone, enter_as):
    return enter_as(BOB)


@pytest.fixture
def ann(alone, bob):
    """Ann and Bob are in the first cell of the notebook, and nobody follows."""
    for page in (bob, alone):
        page.locator(".lm-DockPanel-tabBar").get_by_text("work.ipynb").click()
        page.locator(OUTER).evaluate("node => { node.scrollTop = 0; }")
        cell(page, 1).locator(".cm-content").click()
        expect(bar(page)).to_have_count(0)
    return alone


def open_path(page, path):
    run(page, "Open from Path")
    dialog(page).get_by_role("textbox").fill(path)
    dialog(page).get_by_role("textbox").press("Enter")


def people(page):
    return page.get_by_role("region", name="People here")


def row(page, name):
    return people(page).get_by_role("listitem").filter(has_text=name)


def bar(page):
    return page.locator(".wove-FollowBar")


def cell(page, number):
    return page.locator(f".jp-Notebook-cell[data-windowed-list-index='{number - 1}']")


def lines(page):
    return page.locator(".jp-FileEditor:not(.lm-mod-hidden) .cm-content")


def follow(page, name):
    press(row(page, name).get_by_role("button", name="Follow"))
    expect(bar(page)).to_contain_text(f"You follow {name}")


def scroll(page, area, by):
    page.locator(area).hover()
    page.mouse.wheel(0, by)


def top_of(page):
    """Say which cell a notebook shows at its top."""
    return page.locator(OUTER).evaluate(
        """outer => [...outer.querySelectorAll('.jp-Notebook-cell')]
            .map(node => [node.getBoundingClientRect().bottom, node.dataset.windowedListIndex])
            .filter(([bottom]) => bottom > outer.getBoundingClientRect().top)
            .map(([_, index]) => Number(index))
            .sort((one, other) => one - other)[0]"""
    )


def test_people_see_who_is_in_the_project_and_where(ann, bob, keep_picture):
    cell(bob, 3).locator(".cm-content").click()
    expect(row(bob, ANN)).to_contain_text("work.ipynb, cell 1")
    expect(row(ann, BOB)).to_contain_text("work.ipynb, cell 3")
    expect(ann.get_by_role("button", name="2 people here")).to_be_visible()
    expect(cell(ann, 3).get_by_role("img", name="Bob is in this cell")).to_be_visible()
    expect(cell(ann, 1).get_by_role("img", name="Bob is in this cell")).to_have_count(0)
    assert serious(ann, ".wove-People") == []
    keep_picture(ann, "here")


def test_the_cursor_and_the_selection_of_another_are_seen(ann, bob):
    cell(bob, 2).locator(".cm-content").click()
    bob.keyboard.press("Control+Home")
    bob.keyboard.press("Shift+End")
    expect(cell(ann, 2).locator(".jp-remote-cursor").first).to_be_visible()
    expect(cell(ann, 2).locator(".jp-remote-selection").first).to_be_visible()


def test_one_goes_to_the_cell_of_another(ann, bob):
    scroll(ann, OUTER, 3000)
    cell(ann, 25).locator(".cm-content").click()
    press(row(bob, ANN).get_by_role("button", name="Go to"))
    expect(cell(bob, 25)).to_be_in_viewport(timeout=SOON)
    expect(cell(bob, 25)).to_have_class(ACTIVE)
    expect(bar(bob)).to_have_count(0)


def test_one_follows_another_through_cells_scrolls_and_documents(project, ann, bob, keep_picture):
    follow(bob, ANN)
    expect(ann.get_by_text("Bob follows you").first).to_be_attached()
    cell(ann, 3).locator(".cm-content").click()
    expect(cell(bob, 3)).to_have_class(ACTIVE)
    scroll(ann, OUTER, 3000)
    expect(cell(bob, 24)).to_be_in_viewport()
    assert top_of(ann) == top_of(bob)
    assert serious(bob, ".wove-FollowBar") == []
    keep_picture(bob, "follows")
    keep_picture(ann, "followed")
    open_path(ann, f"{project['folder']}/notes.txt")
    expect(lines(bob)).to_contain_text("Line 1.", timeout=SOON)
    scroll(ann, ".jp-FileEditor .cm-scroller", 4000)
    middle = ann.locator(".cm-line", has_text="Line 250.")
    expect(middle).to_be_in_viewport()
    expect(bob.locator(".cm-line", has_text="Line 250.")).to_be_in_viewport()
    open_path(ann, "elsewhere.txt")
    expect(bar(bob)).to_contain_text("Ann looks at something outside of this project now.")
    expect(lines(bob)).not_to_contain_text("Not in the project.")
    ann.locator(".lm-DockPanel-tabBar").get_by_text("work.ipynb").click()
    expect(cell(bob, 24)).to_be_in_viewport()
    press(bar(bob).get_by_role("button", name="Stop (Esc)"))
    expect(bar(bob)).to_have_count(0)
    expect(ann.get_by_text("Bob follows you")).to_have_count(0)


@pytest.mark.parametrize("move", ["escape", "key", "wheel", "tab"])
def test_who_moves_by_themselves_follows_nobody_any_more(ann, bob, move):
    follow(bob, ANN)
    expect(cell(bob, 1)).to_have_class(ACTIVE)
    match move:
        case "escape":
            bob.keyboard.press("Escape")
        case "key":
            cell(bob, 1).locator(".cm-content").press("x")
        case "wheel":
            scroll(bob, OUTER, 50)
        case "tab":
            bob.locator(".lm-DockPanel-tabBar").get_by_text("notes.txt").click()
    expect(bar(bob)).to_have_count(0)


def test_undo_takes_back_own_words_only(ann, bob):
    for page, words in ((ann, "From Ann."), (bob, "From Bob.")):
        cell(page, 4).locator(".cm-content").click()
        page.keyboard.press("Control+End")
        page.keyboard.type(words)
        expect(cell(ann, 4)).to_contain_text(words)
        expect(cell(bob, 4)).to_contain_text(words)
    ann.keyboard.press("Control+z")
    for page in (ann, bob):
        expect(cell(page, 4)).not_to_contain_text("From Ann.")
        expect(cell(page, 4)).to_contain_text("From Bob.")
    bob.keyboard.press("Control+z")
    expect(cell(ann, 4)).not_to_contain_text("From Bob.")


def test_all_of_it_can_be_read_in_the_dark(ann, bob, keep_picture):
    wear(bob, "dark", NARROW)
    follow(bob, ANN)
    cell(ann, 2).locator(".cm-content").click()
    expect(cell(bob, 2)).to_have_class(ACTIVE)
    keep_picture(bob, "narrow")
    bob.set_viewport_size(WINDOW)
    assert serious(bob, ".wove-FollowBar") == []
    assert serious(bob, ".wove-People") == []
    keep_picture(bob, "wide")
    bob.keyboard.press("Escape")


def test_who_leaves_is_followed_no_more_and_gone_from_the_list(ann, bob):
    follow(bob, ANN)
    ann.context.close()
    expect(bar(bob)).to_contain_text("Waiting for Ann…")
    expect(people(bob)).to_contain_text("Nobody else is here. Owners of the project can add")
    expect(bob.locator(".wove-CellMark")).to_have_count(0)
    said = bob.get_by_text("Ann is not here any more; you follow nobody now.")
    expect(said.first).to_be_visible(timeout=SOON)
    expect(bar(bob)).to_have_count(0)
