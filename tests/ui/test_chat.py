"""Two people talk with a model in one chat; answers grow before the eyes of both."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from jupyter_wove.ai.scripted import Reply
from jupyter_wove.ai.scripted import serving as scripted
from tests.ui.conftest import ANN, BOB
from tests.ui.lab import press
from tests.ui.servers import serving

BEGUN = "Plot it with **pandas**: "
CODE = "\n\n```python\ndf.plot()\n```\n"


@pytest.fixture(scope="module")
def talking(tmp_path_factory):
    """A server that Ann and Bob share, with a scripted model that takes its time."""
    with scripted() as (url, models):
        at = {"provider": "openai", "base_url": f"{url}/v1", "model": "scripted"}
        settings = {
            "ai_deployments": [{"name": "scripted", "is_local": True, **at}],
            "ai_routes": [{"name": "smart", "deployments": ["scripted"]}],
        }
        folder = tmp_path_factory.mktemp("talking") / "lab"
        with serving(folder, ANN, BOB, wove=settings) as server:
            server.models = models
            yield server


@pytest.fixture
def in_chat(talking, open_tab):
    """Open a chat as somebody; give the page and the box to write in."""

    def opened(name, path):
        (talking.root / path).touch()
        page = open_tab(talking, name, f"lab/workspaces/of-{name.lower()}/tree/{path}?reset")
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        expect(page.get_by_text("Saved on the server")).to_be_visible()
        return page, page.get_by_placeholder("Type a chat message")

    return opened


def growing(page):
    return page.locator(".wove-Growing")


def test_both_see_an_answer_grow_and_either_may_stop_it(talking, in_chat):
    talking.models.script = lambda asked: Reply(
        pieces=[BEGUN, *["more "] * 500, CODE], between=0.02
    )
    (ann, box), (bob, _) = in_chat(ANN, "sea.chat"), in_chat(BOB, "sea.chat")
    expect(ann.get_by_role("button", name="Wove", exact=True)).to_be_visible()
    box.fill("How do I plot the sea?")
    box.press("Enter")
    for page in (ann, bob):
        expect(page.get_by_text("How do I plot the sea?")).to_be_visible()
        expect(growing(page).locator("strong", has_text="pandas")).to_be_visible()
    press(bob.get_by_role("button", name="Stop generating"))
    for page in (ann, bob):
        expect(page.locator("em", has_text="Stopped.")).to_be_visible()
        expect(growing(page)).to_have_count(0)
        expect(page.locator("strong", has_text="pandas")).to_be_visible()


def test_an_answer_is_there_after_the_page_is_loaded_again(talking, in_chat):
    talking.models.script = lambda asked: Reply(pieces=[BEGUN, CODE])
    ann, box = in_chat(ANN, "again.chat")
    box.fill("And again?")
    box.press("Enter")
    expect(ann.get_by_text("df.plot()")).to_be_visible()
    expect(ann.get_by_text("Saved on the server")).to_be_visible()
    ann.reload()
    expect(ann.get_by_text("And again?")).to_be_visible()
    expect(ann.get_by_text("df.plot()")).to_be_visible()


def test_without_a_model_the_chat_says_what_to_do(lab, open_lab):
    (lab.root / "empty.chat").touch()
    page = open_lab("lab/workspaces/chat/tree/empty.chat?reset")
    box = page.get_by_placeholder("Type a chat message")
    expect(page.get_by_role("button", name="Wove", exact=True)).to_be_visible()
    box.fill("Hello?")
    box.press("Enter")
    expect(page.get_by_text("No model is set up yet")).to_be_visible()


def test_a_model_sees_the_cell_where_the_person_is_unless_they_leave_it_out(talking, in_chat):
    talking.models.script = lambda asked: Reply(pieces=["Take one of them."])
    cells = [new_code_cell("waves = [1, 2]"), new_code_cell("waves + 1")]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": spec})
    nbformat.write(notebook, talking.root / "seen.ipynb")
    ann, _ = in_chat(ANN, "seen.chat")
    ann.locator(".jp-DirListing-item", has_text="seen.ipynb").dblclick()
    ann.locator(".jp-Cell:visible").nth(1).click()
    ann.locator(".lm-TabBar-tab", has_text="seen.chat").click()
    sight = ann.get_by_role("button", name="seen.ipynb, cell 2")
    expect(sight).to_have_attribute("aria-pressed", "true")
    box = ann.get_by_placeholder("Type a chat message")
    box.fill("What is wrong?")
    box.press("Enter")
    expect(ann.get_by_text("Saw 3 parts of seen.ipynb")).to_be_visible()
    assert "waves + 1" in talking.models.asked[-1].last
    press(sight)
    expect(sight).to_have_attribute("aria-pressed", "false")
    box.fill("And now?")
    box.press("Enter")
    expect(ann.get_by_text("Take one of them.")).to_have_count(2)
    assert "waves" not in talking.models.asked[-1].last
