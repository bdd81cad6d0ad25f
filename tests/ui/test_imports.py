"""Archives that become projects in JupyterLab, in Chromium."""

import base64
import io
import json
import zipfile

import nbformat
import pytest
from playwright.sync_api import expect

from tests.ui.conftest import BOB, unused
from tests.ui.lab import dialog, run, slug

DROP = """([name, content]) => {
    const bytes = Uint8Array.from(atob(content), each => each.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], name, { type: 'application/zip' }));
    return carried;
}"""


@pytest.fixture
def title():
    return unused("far away")


def packed(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def notebook():
    return json.dumps(json.loads(nbformat.writes(nbformat.v4.new_notebook())))


def file_of(title, content):
    name = f"{title.replace(' ', '_')}.zip"
    return {"name": name, "mimeType": "application/zip", "buffer": content}


def begin(page):
    """Open the dialog; return what of it takes a file."""
    run(page, "Import Archive as Project…")
    return dialog(page).get_by_label("Archive")


def accept(page):
    dialog(page).get_by_role("button", name="Import", exact=True).click()


def test_an_archive_that_is_dropped_becomes_a_project(shared_lab, lab_of, keep_picture, title):
    page = lab_of(BOB)
    begin(page)
    expect(dialog(page).get_by_role("button", name="Import", exact=True)).to_be_disabled()
    file = file_of(title, packed(**{"a.ipynb": notebook()}))
    content = base64.b64encode(file["buffer"]).decode()
    carried = page.evaluate_handle(DROP, [file["name"], content])
    place = dialog(page).locator(".wove-Drop")
    place.dispatch_event("dragover", {"dataTransfer": carried})
    keep_picture(page, "over")
    place.dispatch_event("drop", {"dataTransfer": carried})
    expect(page.get_by_label("Title of the project")).to_have_value(title)
    keep_picture(page, "dropped")
    accept(page)
    expect(page.get_by_role("tab", name="a.ipynb")).to_be_visible()
    assert (shared_lab.root / slug(title) / "a.ipynb").is_file()
    keep_picture(page, "imported")


def test_what_is_no_archive_is_refused_in_words(lab_of, keep_picture, title):
    page = lab_of(BOB)
    begin(page).set_input_files(file_of(title, b"not an archive"))
    expect(page.get_by_label("Title of the project")).to_have_value(title)
    accept(page)
    expect(dialog(page).get_by_role("alert")).to_contain_text("archive")
    keep_picture(page, "refused")


def test_an_import_that_is_stopped_leaves_nothing(shared_lab, lab_of, keep_picture, title):
    page = lab_of(BOB)
    many = {f"part-{number}.txt": str(number) for number in range(6000)}
    begin(page).set_input_files(file_of(title, packed(**many)))
    accept(page)
    stop = dialog(page).get_by_role("button", name="Cancel")
    stop.click()
    keep_picture(page, "stopping")
    expect(dialog(page)).to_contain_text("Stopped. Nothing was changed.")
    keep_picture(page, "stopped")
    dialog(page).get_by_role("button", name="Close").click()
    expect(dialog(page)).to_have_count(0)
    assert not (shared_lab.root / slug(title)).exists()
    mine = shared_lab.ask("wove/api/projects", name=BOB)["items"]
    assert title not in [each["title"] for each in mine]
