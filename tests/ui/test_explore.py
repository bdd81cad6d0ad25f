"""Finding, reading, starring and remixing in JupyterLab, in Chromium."""

import re

import nbformat
import pytest
from playwright.sync_api import expect

from tests.ui.conftest import ANN, BOB, WINDOW, unused
from tests.ui.lab import LOOKS, explore, run, serious, slug, wear

WORD = "xenolith"
SERIES = """import numpy as np

def warm_spells(days):
    return np.flatnonzero(days > 30)
"""


@pytest.fixture(scope="module", autouse=True)
def published(shared_lab):
    """Ann has published a project; a word stands in one of its cells."""
    project = shared_lab.ask("wove/api/projects", {"title": "Old rocks"}, name=ANN)
    cells = [
        nbformat.v4.new_markdown_cell("# Rocks"),
        nbformat.v4.new_code_cell(f"{WORD} = 3"),
        nbformat.v4.new_code_cell(SERIES),
    ]
    folder = shared_lab.root / project["folder"]
    (folder / "rocks.ipynb").write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)))
    (folder / "README.md").write_text("# Old rocks\n\nSee [the notebook](rocks.ipynb).\n")
    shared_lab.ask(f"wove/api/projects/{project['id']}/publish", {}, name=ANN)
    return project


def hits(page):
    return page.get_by_role("option").filter(has_text="cell 2")


def test_a_word_of_a_cell_leads_to_the_project_and_to_a_remix_without_a_mouse(
    shared_lab, lab_of, keep_picture
):
    page = lab_of(BOB)
    box = explore(page)
    box.press_sequentially(WORD)
    expect(hits(page).first.locator("mark")).to_have_text(WORD)
    page.keyboard.press("ArrowDown")
    expect(hits(page).first).to_have_attribute("aria-selected", "true")
    keep_picture(page, "found")
    page.keyboard.press("Enter")
    sheet = page.get_by_role("article", name="Old rocks").first
    expect(sheet.get_by_role("link", name="the notebook")).to_be_visible()
    remix = sheet.locator("jp-button", has_text="Remix…")
    remix.focus()
    page.keyboard.press("Enter")
    title = page.get_by_label("Title of your remix")
    expect(title).to_be_focused()
    wanted = unused("New rocks")
    title.fill(wanted)
    keep_picture(page, "remix")
    page.keyboard.press("Enter")
    expect(page.locator(".jp-NotebookPanel:visible")).to_contain_text("Rocks")
    assert (shared_lab.root / slug(wanted) / "rocks.ipynb").is_file()
    keep_picture(page, "remixed")


def test_a_hit_in_ones_own_notebook_opens_it_at_that_cell(lab_of):
    page = lab_of(ANN)
    explore(page).press_sequentially(WORD)
    expect(hits(page).first).to_be_visible()
    page.keyboard.press("Enter")
    active = page.locator(".jp-NotebookPanel:visible .jp-Cell.jp-mod-active")
    expect(active).to_contain_text(WORD)


def test_a_qualifier_is_completed_and_another_chosen_without_typing_it(lab_of, keep_picture):
    page = lab_of(ANN)
    box = explore(page)
    box.fill("")
    box.press_sequentially(f"{WORD} lan")
    offered = page.get_by_role("listbox", name="Completions")
    expect(offered.get_by_role("option", name="lang:")).to_be_visible()
    keep_picture(page, "completions")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value(f"{WORD} lang:")
    expect(offered.get_by_role("option", name="python")).to_be_visible()
    box.press_sequentially(
        "py"
    )  # else the most frequent language comes first, whatever it is here
    expect(offered.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(box).to_have_value(f"{WORD} lang:python ")
    expect(hits(page).first.locator("mark").first).to_have_text(WORD)
    chosen = page.get_by_role("button", name="lang:python")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    chosen.click()
    expect(box).to_have_value(WORD)
    expect(chosen).to_have_attribute("aria-pressed", "false")


def test_a_pattern_leads_to_its_line_in_the_cell(lab_of, keep_picture):
    page = lab_of(ANN)
    box = explore(page)
    page.get_by_role("button", name="Code", exact=True).click()
    page.get_by_role("button", name="Pattern", exact=True).click()
    box.fill("def \\w+(?=_spells)")
    expect(page.locator(".wove-Note")).to_contain_text("Look-ahead")
    keep_picture(page, "refused")
    box.fill("flat\\w+\\(days")
    line = page.locator("button.wove-Code-line", has_text="flatnonzero(days").first
    expect(line.locator("mark")).to_have_text("flatnonzero(days")
    keep_picture(page, "code")
    page.keyboard.press("ArrowDown")
    expect(line).to_be_focused()
    page.keyboard.press("Enter")
    active = page.locator(".jp-NotebookPanel:visible .jp-Cell.jp-mod-active")
    expect(active).to_contain_text("warm_spells")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Ln 4")


def test_who_types_a_pattern_among_words_is_led_to_code(lab_of, keep_picture):
    page = lab_of(ANN)
    explore(page).fill("/flat\\w+\\(days/")
    code = page.get_by_role("button", name="Search code")
    expect(code).to_be_visible()
    keep_picture(page, "pattern")
    code.click()
    line = page.locator("button.wove-Code-line", has_text="flatnonzero(days")
    expect(line.first).to_be_visible()


def test_escape_brings_the_gallery_back(lab_of):
    page = lab_of(BOB)
    explore(page).press_sequentially("qwxzy vkjqz")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".wove-Card", has_text="Old rocks")).to_be_visible()


def test_a_star_is_put_and_taken_back(shared_lab, lab_of, published):
    shared_lab.ask(f"wove/api/projects/{published['id']}/star", name=BOB, method="DELETE")
    page = lab_of(BOB)
    explore(page)
    page.locator(".wove-Card").get_by_role("button", name="Old rocks").click()
    star = page.locator(".wove-Star")
    expect(star).to_have_text("0 stars")
    star.click()
    expect(star).to_have_text("1 star")
    again = lab_of(BOB, viewport=WINDOW)  # in a browser that remembers nothing
    explore(again)
    again.locator(".wove-Card").get_by_role("button", name="Old rocks").click()
    kept = again.locator(".wove-Star")
    expect(kept).to_have_attribute("aria-pressed", "true")
    kept.click()
    expect(kept).to_have_text("0 stars")


def test_the_page_of_a_project_is_read_inside_of_jupyterlab(lab_of, keep_picture):
    page = lab_of(BOB)
    explore(page)
    page.locator(".wove-Card").get_by_role("button", name="Old rocks").click()
    page.locator(".wove-Published jp-button", has_text="Read").click()
    frame = page.frame_locator(".wove-Reader iframe")
    expect(frame.get_by_role("heading", name="Old rocks").first).to_be_visible()
    keep_picture(page, "read")
    frame.get_by_role("link", name="Remix in JupyterLab").click()
    expect(page.get_by_label("Title of your remix")).to_be_focused()
    expect(frame.get_by_role("heading", name="Old rocks").first).to_be_visible()
    page.keyboard.press("Escape")
    frame.get_by_role("link", name=re.compile(r"\.ipynb$")).first.click()
    frame.locator("article.document").wait_for()
    frame.get_by_role("link", name="Remix in JupyterLab").click()
    expect(page.get_by_label("Title of your remix")).to_be_focused()
    expect(frame.get_by_role("heading", name="Old rocks").first).to_be_visible()


def test_the_button_of_the_web_page_asks_before_it_remixes(shared_lab, sign_in, published):
    before = len(shared_lab.ask("wove/api/projects", name=BOB)["items"])
    page = sign_in(BOB, f"wove/@ann/{published['slug']}")
    page.get_by_role("link", name="Remix in JupyterLab").click()
    expect(page.get_by_label("Title of your remix")).to_have_value("Old rocks", timeout=15_000)
    assert "wove-remix" not in page.url
    page.keyboard.press("Escape")
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    assert len(shared_lab.ask("wove/api/projects", name=BOB)["items"]) == before


def test_a_key_is_shown_once_and_can_be_revoked(shared_lab, lab_of, keep_picture):
    name = unused("backup")
    page = lab_of(BOB)
    run(page, "Your Account and API Keys")
    page.locator("jp-button", has_text="New key…").click()
    page.get_by_label("Name").last.fill(name)
    keep_picture(page, "new-key")
    page.get_by_role("button", name="Make key").click()
    secret = page.locator(".wove-Secret-text").inner_text()
    assert secret.startswith("wove_")
    page.get_by_role("button", name="I have kept it").click()
    expect(page.locator("table")).to_contain_text(name)
    assert secret not in page.content()
    page.get_by_role("button", name=f"Revoke the key {name}").click()
    page.get_by_role("button", name="Revoke", exact=True).click()
    expect(page.get_by_text(name, exact=True)).to_have_count(0)
    kept = shared_lab.ask("wove/api/keys", name=BOB)
    assert name not in [each["name"] for each in kept]


def test_every_view_is_accessible_in_every_light_and_size(lab_of, keep_picture):
    page = lab_of(BOB)
    for theme, size in LOOKS:
        wear(page, theme, size)
        look = f"{theme}-{size[0]}"
        box = explore(page)
        box.fill("")
        card = page.locator(".wove-Card", has_text="Old rocks")
        expect(card).to_be_visible()
        keep_picture(page, f"gallery-{look}")
        assert serious(page, "#jupyter-wove-explore") == [], look
        card.get_by_role("button", name="Old rocks").click()
        expect(page.get_by_role("link", name="the notebook")).to_be_visible()
        box.fill(WORD)
        expect(hits(page).first).to_be_visible()
        keep_picture(page, f"project-{look}")
        assert serious(page, "#jupyter-wove-explore") == [], look
        assert serious(page, ".wove-Published") == [], look
        page.get_by_role("button", name="Code", exact=True).click()
        expect(page.locator("button.wove-Code-line").first).to_be_visible()
        keep_picture(page, f"code-{look}")
        assert serious(page, "#jupyter-wove-explore") == [], look
        page.get_by_role("button", name="All", exact=True).click()
        run(page, "Your Account and API Keys")
        expect(page.get_by_role("heading", name="Your account")).to_be_visible()
        keep_picture(page, f"account-{look}")
        assert serious(page, ".wove-Sheet") == [], look
