"""Buttons at a cell: Wove is asked in the chat of the notebook, and suggests what mends it."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import expect

from jupyter_wove.ai.scripted import Call, Reply
from jupyter_wove.ai.scripted import serving as scripted
from tests.ui.conftest import ANN
from tests.ui.lab import press
from tests.ui.servers import serving


@pytest.fixture(scope="module")
def helping(tmp_path_factory):
    """A server of Ann's, with a scripted model that costs money."""
    with scripted() as (url, models):
        at = {"provider": "openai", "base_url": f"{url}/v1", "model": "scripted"}
        price = {"input": "1", "output": "2"}
        settings = {"ai_deployments": [{"name": "scripted", "price": price, **at}]}
        folder = tmp_path_factory.mktemp("helping") / "lab"
        with serving(folder, ANN, wove=settings) as server:
            server.models = models
            yield server


@pytest.fixture
def at_cell(helping, open_tab):
    """Open a notebook, and choose its last cell."""

    def opened(name):
        cells = [new_markdown_cell("# Waves", id="title"), new_code_cell("len(wave)", id="here")]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        book = new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(book, helping.root / name)
        page = open_tab(helping, ANN, f"lab/workspaces/of-ann/tree/{name}?reset")
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        expect(page.get_by_text("Saved on the server")).to_be_visible()
        page.locator(".jp-Notebook .jp-Cell").nth(1).click()
        expect(page.locator('[data-command="wove:ask-about-cell"]').first).to_be_visible()
        return page

    return opened


def test_a_cell_is_mended_by_a_button_once_the_person_has_agreed(helping, at_cell):
    page = at_cell("sea.ipynb")
    replies = [
        Reply(calls=[Call("edit_cell", {"cell": "here", "source": "len(waves)"})]),
        Reply(pieces=["The name was wrong."]),
    ]
    helping.models.script = lambda asked: replies.pop(0)
    page.locator('[data-command="wove:ask-about-cell"]').first.click()
    page.get_by_role("menuitem", name="Fix Cell").click()
    expect(page.get_by_text("Fix cell 2 of sea.ipynb.")).to_be_visible()
    expect(page.get_by_text("Models cost money")).to_be_visible()
    press(page.get_by_role("button", name="I agree that they may cost money"))
    expect(page.get_by_text("You agreed. Ask again.")).to_be_visible()
    press(page.locator(".jp-Notebook .jp-Cell").nth(1))
    page.locator('[data-command="wove:ask-about-cell"]').first.click()
    page.get_by_role("menuitem", name="Fix Cell").click()
    expect(page.get_by_text("The name was wrong.")).to_be_visible()
    asked = helping.models.asked[0].last
    assert "len(wave)" in asked
    assert "Find out why the cell where the person is fails" in asked
    cell = page.locator(".jp-Notebook .jp-Cell").nth(1)
    expect(cell).to_contain_text("Wove suggests a change")
    press(cell.get_by_role("button", name="Accept"))
    expect(cell.locator(".cm-content")).to_have_text("len(waves)")


def agreed(page):
    """Agree that models cost money, as the button does."""
    cookie = next(each for each in page.context.cookies() if each["name"] == "_xsrf")
    address = page.url.partition("/lab")[0] + "/wove/api/ai/consent"
    headers = {"X-XSRFToken": cookie["value"]}
    return page.request.post(address, headers=headers).ok


def test_the_context_menu_asks_too(helping, at_cell):
    page = at_cell("tide.ipynb")
    helping.models.script = lambda asked: Reply(pieces=["It counts."])
    helping.models.asked.clear()
    assert agreed(page)
    page.locator(".jp-Notebook .jp-Cell").nth(1).click(button="right")
    page.locator(".lm-Menu-item", has_text="Ask Wove").click()
    page.get_by_role("menuitem", name="Explain Cell").click()
    expect(page.get_by_text("Explain cell 2 of tide.ipynb.")).to_be_visible()
    expect(page.get_by_text("It counts.")).to_be_visible()


def test_what_a_button_asks_can_be_typed_in_the_chat(helping, at_cell):
    page = at_cell("typed.ipynb")
    assert agreed(page)
    helping.models.script = lambda asked: Reply(pieces=["Waves have a length."])
    page.locator('[data-command="wove:ask-about-cell"]').first.click()
    page.get_by_role("menuitem", name="Explain Cell").click()
    expect(page.get_by_text("Waves have a length.")).to_be_visible()
    box = page.get_by_placeholder("Type a chat message")
    box.press_sequentially("/fi")
    page.get_by_role("option", name="/fix").click()
    helping.models.script = lambda asked: Reply(pieces=["The name is wrong."])
    expect(box).to_have_value("/fix ")
    box.press_sequentially("quickly")
    box.press("Enter")
    expect(page.get_by_text("Fix cell 2 of typed.ipynb. quickly")).to_be_visible()
    expect(page.get_by_text("The name is wrong.")).to_be_visible()
    assert "Find out why the cell where the person is fails" in helping.models.asked[-1].last
