"""Projects in JupyterLab, from the first version to the bin and back, in Chromium."""

import json
import urllib.error
import urllib.request

import nbformat
import pytest
from playwright.sync_api import expect

from tests.ui.conftest import ANN, BOB, unused
from tests.ui.lab import LOOKS, dialog, press, run, serious, undo, wear


@pytest.fixture
def project(lab):
    """A project of the owner with one notebook, saved as version 1 and 2."""
    made = lab.ask("wove/api/projects", {"title": unused("Project")})
    write(lab, made, "one = 1")
    lab.ask(f"wove/api/projects/{made['id']}/versions", {"message": "A notebook"})
    return made


def write(lab, project, *sources):
    """Write the notebook of a project, with a code cell for each source."""
    cells = [nbformat.v4.new_code_cell(each, id=f"c{at}") for at, each in enumerate(sources)]
    put(lab, project, cells)


def put(lab, project, cells):
    """Write the notebook of a project; it says which kernel it wants, so that nobody asks."""
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    made = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    notebook(lab, project).write_text(nbformat.writes(made))


def notebook(lab, project):
    return lab.root / project["folder"] / "work.ipynb"


def sources(lab, project):
    cells = json.loads(notebook(lab, project).read_text())["cells"]
    return ["".join(cell["source"]) for cell in cells]


def versions(lab, project):
    path = f"wove/api/projects/{project['id']}/versions?kind=named"
    return [version["message"] for version in lab.ask(path)["items"]]


@pytest.fixture
def open_page(open_lab, project):
    """Open the page of the project in a new workspace."""

    def opened():
        page = open_lab(f"lab/workspaces/panel?reset&wove-project={project['id']}")
        page.locator(".wove-Page").wait_for()
        return page

    return opened


def panel(page):
    return page.locator("#jupyter-wove-projects")


def here(page):
    return panel(page).get_by_role("region", name="This project")


def look_at(page, project):
    """Go to the folder of a project by the list of projects."""
    press(panel(page).locator(".wove-Project-open", has_text=project["title"]))
    expect(here(page)).to_contain_text(project["title"])


def test_a_project_is_made_edited_and_saved_without_a_mouse(lab, open_lab, keep_picture):
    title = unused("Tides")
    page = open_lab("lab/workspaces/panel?reset&wove")
    expect(panel(page)).to_contain_text("My projects")
    run(page, "New Project…")
    expect(dialog(page).get_by_label("Title")).to_be_focused()
    expect(dialog(page).get_by_role("button", name="Create")).to_be_disabled()
    page.keyboard.type(title)
    dialog(page).get_by_role("radio", name="Analysis").press("Space")
    keep_picture(page, "new")
    page.keyboard.press("Enter")
    expect(page.locator(".wove-Page")).to_contain_text(title)
    expect(here(page)).to_contain_text("All saved in version 1")
    press(page.locator(".wove-File").get_by_role("button", name="analysis.ipynb"))
    cell = page.locator(".jp-NotebookPanel:visible .jp-CodeCell .cm-content").first
    cell.click()
    page.keyboard.type("# A line that nobody saved. ")
    page.keyboard.press("Control+Alt+s")
    dialog(page).get_by_label("What changed?").fill("Say what it is about")
    keep_picture(page, "save")
    page.keyboard.press("Control+Enter")
    expect(here(page)).to_contain_text("All saved in version 2")
    made = next(each for each in lab.ask("wove/api/projects")["items"] if each["title"] == title)
    assert versions(lab, made)[0] == "Say what it is about"
    kept = lab.ask(f"wove/api/projects/{made['id']}/files/analysis.ipynb")
    assert "line that nobody saved" in json.dumps(kept)
    expect(page.get_by_role("button", name=f"{title} · version 2 · no changes")).to_be_visible()


def test_a_notebook_that_is_open_counts_its_changes_when_it_is_saved(lab, open_page, project):
    page = open_page()
    look_at(page, project)
    page.locator(".wove-File").get_by_role("button", name="work.ipynb").click()
    page.locator(".jp-NotebookPanel:visible .cm-content").first.click()
    page.keyboard.type("two = 2; ")
    page.keyboard.press("Control+s")
    expect(here(page)).to_contain_text("1 file changed since version 2")


def test_a_name_that_git_refuses_is_told_and_what_was_typed_stays(lab, open_page, project):
    page = open_page()
    press(page.locator(".wove-Page").get_by_role("button", name="Save version…"))
    dialog(page).get_by_label("What changed?").fill("Much")
    dialog(page).get_by_label("Name (optional)").fill("no~good")
    page.keyboard.press("Enter")
    expect(dialog(page).get_by_role("alert")).to_contain_text("no~good")
    expect(dialog(page).get_by_label("What changed?")).to_have_value("Much")
    dialog(page).get_by_label("Name (optional)").fill("good")
    page.keyboard.press("Enter")
    expect(page.locator(".wove-Version").first).to_contain_text("good")
    assert versions(lab, project)[0] == "Much"


def test_cells_are_compared_restored_and_the_restoration_undone(
    lab, open_page, project, keep_picture
):
    write(lab, project, "one = 1\nsecond = 2", "three = 3")
    page = open_page()
    look_at(page, project)
    expect(here(page)).to_contain_text("1 file changed since version 2")
    press(here(page).get_by_role("button", name="See what changed"))
    compare = page.locator(".wove-Compare")
    expect(compare.get_by_role("article", name="Code cell 1 was changed")).to_be_visible()
    page.keyboard.press("n")
    expect(compare.get_by_role("article", name="Code cell 1 was changed")).to_be_focused()
    page.keyboard.press("n")
    expect(compare.get_by_role("article", name="Code cell 2 was added")).to_be_focused()
    page.keyboard.press("p")
    expect(compare.get_by_role("article", name="Code cell 1 was changed")).to_be_focused()
    keep_picture(page, "compared")
    press(compare.get_by_role("button", name="Restore this file…"))
    press(dialog(page).get_by_role("button", name="Restore"))
    expect(compare).to_contain_text("Nothing changed")
    assert sources(lab, project) == ["one = 1"]
    undo(page)
    expect(compare.get_by_role("article", name="Code cell 2 was added")).to_be_visible()
    assert sources(lab, project) == ["one = 1\nsecond = 2", "three = 3"]


def test_an_older_version_comes_back_as_a_new_one_and_into_the_open_notebook(
    lab, open_page, project
):
    write(lab, project, "changed = True")
    lab.ask(f"wove/api/projects/{project['id']}/versions", {"message": "Worse"})
    page = open_page()
    page.locator(".wove-File").get_by_role("button", name="work.ipynb").click()
    cell = page.locator(".jp-NotebookPanel:visible .cm-content").first
    expect(cell).to_have_text("changed = True")
    page.get_by_role("tab", name=project["title"]).click()
    row = page.locator(".wove-Version", has_text="A notebook")
    press(row.get_by_role("button", name="Restore…"))
    press(dialog(page).get_by_role("button", name="Restore"))
    expect(page.locator(".wove-Version").first).to_contain_text("Restore all files")
    assert sources(lab, project) == ["one = 1"]
    assert "Worse" in versions(lab, project)
    page.get_by_role("tab", name="work.ipynb").click()
    expect(cell).to_have_text("one = 1")


def test_a_project_is_published_unlisted_and_made_private(lab, open_page, project, keep_picture):
    page = open_page()
    press(page.locator(".wove-Page").get_by_role("button", name="Publish…"))
    expect(dialog(page)).to_contain_text("files become visible")
    keep_picture(page, "publish")
    press(dialog(page).get_by_role("button", name="Publish"))
    address = dialog(page).get_by_label("Address").input_value()
    keep_picture(page, "published")
    assert status(address) == 200
    page.keyboard.press("Escape")
    run(page, "Unlist…")
    press(dialog(page).get_by_role("button", name="Unlist"))
    expect(page.locator(".wove-Page-head")).to_contain_text("Unlisted")
    run(page, "Unpublish…")
    press(dialog(page).get_by_role("button", name="Unpublish"))
    expect(page.locator(".wove-Page-head")).to_contain_text("Private")
    assert lab.ask(f"wove/api/projects/{project['id']}")["published_version"] is None


def status(address):
    """What the page answers somebody who is not signed in."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_a_deleted_project_is_brought_back(lab, open_page, project):
    page = open_page()
    look_at(page, project)
    press(panel(page).get_by_role("button", name=f"More about {project['title']}"))
    page.get_by_role("menuitem", name="Delete Project…").click()
    expect(dialog(page).get_by_role("button", name="Cancel")).to_be_focused()
    press(dialog(page).get_by_role("button", name="Delete"))
    binned = panel(page).get_by_text("in the bin")
    expect(binned).to_be_visible()
    assert not notebook(lab, project).exists()
    press(binned)
    press(panel(page).get_by_role("button", name=f"Bring {project['title']} back"))
    expect(panel(page).locator(".wove-Project-open", has_text=project["title"])).to_be_visible()
    assert sources(lab, project) == ["one = 1"]


def test_a_folder_becomes_a_project(lab, open_lab, keep_picture):
    loose = unused("loose")
    (lab.root / loose).mkdir()
    (lab.root / loose / "notes.md").write_text("# Notes")
    page = open_lab("lab/workspaces/panel?reset&wove")
    expect(panel(page)).to_contain_text("My projects")
    page.locator('.lm-TabBar-tab[data-id="filebrowser"]').click()
    page.locator(".jp-DirListing-item", has_text=loose).dblclick()
    expect(page.locator(".jp-DirListing-item", has_text="notes.md")).to_be_visible()
    run(page, "Show Wove")
    expect(panel(page)).to_contain_text(f"{loose} is in no project")
    keep_picture(page, "nowhere")
    press(panel(page).get_by_role("button", name="Make this folder a project"))
    title = dialog(page).get_by_label("Title")
    expect(title).to_have_value(loose)
    expect(title).to_be_focused()
    page.keyboard.press("Enter")
    expect(here(page)).to_contain_text("All saved in version 1")
    keep_picture(page, "made")


def test_what_others_wrote_meanwhile_is_shown_and_not_overwritten_unseen(
    lab, open_page, project, keep_picture
):
    page = open_page()
    press(page.get_by_role("button", name="Edit details"))
    form = page.get_by_role("form", name="Details")
    form.get_by_label("Description").fill("Mine")
    form.get_by_label("Tags").fill("maps, #coast")
    patch(lab, project, {"description": "Theirs"})
    press(form.get_by_role("button", name="Save"))
    expect(form.get_by_role("alert")).to_contain_text("Somebody changed the project meanwhile")
    expect(form).to_contain_text("Theirs")
    keep_picture(page, "crossed")
    press(form.get_by_role("button", name="Save"))
    expect(page.locator(".wove-Page-description")).to_have_text("Mine")
    assert set(lab.ask(f"wove/api/projects/{project['id']}")["tags"]) == {"coast", "maps"}


def patch(lab, project, change):
    request = urllib.request.Request(
        f"{lab.url}/wove/api/projects/{project['id']}",
        data=json.dumps(change).encode(),
        method="PATCH",
        headers={
            "Authorization": f"token {lab.token()}",
            "Content-Type": "application/json",
            "If-Match": "*",
        },
    )
    urllib.request.urlopen(request, timeout=30).close()


def test_a_member_is_taken_on_promoted_let_go_and_taken_back(shared_lab, sign_in, keep_picture):
    made = shared_lab.ask("wove/api/projects", {"title": unused("Together")}, name=ANN)
    shared_lab.ask("wove/api/me", name=BOB)
    page = sign_in(ANN, "lab/workspaces/ann-panel?reset&wove")
    look_at(page, made)
    press(here(page).get_by_text("1 member"))
    here(page).get_by_label("Add somebody by their handle").fill("nobody-at-all")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nobody was added.")).to_be_visible()
    here(page).get_by_label("Add somebody by their handle").fill("bob")
    page.keyboard.press("Enter")
    role = here(page).get_by_label("Role of Bob")
    expect(role).to_have_value("editor")
    role.select_option("viewer")
    expect(role).to_have_value("viewer")
    keep_picture(page, "members")
    press(here(page).get_by_role("button", name="Remove Bob"))
    expect(role).to_have_count(0)
    undo(page)
    expect(role).to_have_value("viewer")
    people = shared_lab.ask(f"wove/api/projects/{made['id']}/members", name=ANN)
    assert {each["person"]["name"]: each["role"] for each in people} == {
        ANN: "owner",
        BOB: "viewer",
    }


def test_a_link_to_a_command_publishes_nothing_by_itself(lab, open_page, project):
    page = open_page()
    page.evaluate(
        """id => {
            const link = document.createElement('button');
            link.dataset.commandlinkerCommand = 'wove:share';
            link.dataset.commandlinkerArgs = JSON.stringify({ id });
            document.body.append(link);
            link.click();
        }""",
        project["id"],
    )
    dialog(page).get_by_role("button", name="Run", exact=True).click()  # JupyterLab asks too
    expect(dialog(page).get_by_role("button", name="Publish")).to_be_visible()
    dialog(page).get_by_role("button", name="Cancel").click()
    expect(dialog(page)).to_have_count(0)
    assert lab.ask(f"wove/api/projects/{project['id']}")["visibility"] == "private"


def stores(request, words):
    """Tell whether a request keeps a layout that has these words in it."""
    return request.method == "PUT" and words in (request.post_data or "")


def test_page_and_comparison_are_there_again_after_a_reload(lab, open_page, project):
    write(lab, project, "other = 1")
    page = open_page()
    expect(here(page)).to_be_visible()
    with page.expect_request(lambda each: stores(each, "wove-compare")):
        run(page, "Compare Versions")
    expect(page.locator(".wove-Compare")).to_contain_text("work.ipynb")
    page.goto(page.url.split("?")[0])
    expect(page.get_by_role("tab", name="What changed")).to_be_visible()
    page.get_by_role("tab", name=project["title"]).click()
    expect(page.locator(".wove-Page")).to_contain_text("Versions")


def test_all_can_be_used_without_seeing_it(lab, open_page, project, keep_picture):
    write(lab, project, "one = 1\nsecond = 2", "three = 3")
    page = open_page()
    look_at(page, project)
    for theme, size in LOOKS:
        wear(page, theme, size)
        look = f"{theme}-{size[0]}"
        press(here(page).get_by_role("button", name="Open page"))
        expect(page.locator(".wove-Page")).to_be_visible()
        expect(here(page)).to_contain_text("1 file changed")
        keep_picture(page, f"page-{look}")
        found = serious(page, ".wove-Page") + serious(page, "#jupyter-wove-projects")
        press(here(page).get_by_role("button", name="See what changed"))
        expect(page.locator(".wove-Cell").first).to_be_visible()
        keep_picture(page, f"compare-{look}")
        found += serious(page, ".wove-Compare") + serious(page, ".wove-StatusItem")
        press(here(page).get_by_role("button", name="Save version…"))
        expect(dialog(page).get_by_label("What changed?")).to_be_focused()
        found += serious(page, ".wove-Form")
        assert found == [], look
        page.keyboard.press("Escape")
        expect(dialog(page)).to_have_count(0)
