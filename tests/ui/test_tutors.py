"""A teacher limits what models tell; who learns reads so, and gets questions instead of code."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from jupyter_wove.ai.scripted import Reply
from tests.ui.conftest import ANN, BOB
from tests.ui.lab import dialog, press
from tests.ui.servers import serving_models

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
ANSWER = "What is the mean of nothing?\n\n```python\nsolution = sum(waves) / len(waves)\n```\n"


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """A server of a teacher and a learner, with a scripted model that knows the solution."""
    with serving_models(tmp_path_factory.mktemp("school") / "lab", ANN, BOB) as server:
        server.models.script = lambda asked: Reply(pieces=list(ANSWER))
        yield server


def lab_of(school):
    """Make a lab of Ann's and a copy of Bob's, with a notebook and a chat in it."""
    lab = school.ask("wove/api/projects", {"title": "Waves"}, name=ANN)
    school.ask(f"wove/api/projects/{lab['id']}/publish", {}, name=ANN)
    job = school.ask(f"wove/api/projects/{lab['id']}/remix", {}, name=BOB)
    made = school.wait_for_job(job, name=BOB)["project_id"]
    copy = school.ask(f"wove/api/projects/{made}", name=BOB)
    school.ask(f"wove/api/projects/{made}/trust", {}, name=BOB, method="PUT")
    folder = school.root / copy["folder"]
    book = new_notebook(cells=[new_code_cell("waves = []")], metadata={"kernelspec": KERNEL})
    nbformat.write(book, folder / "lab.ipynb")
    (folder / "help.chat").touch()
    return lab, copy


def test_a_teacher_limits_what_models_tell_and_learners_find_out(school, open_tab, keep_picture):
    lab, copy = lab_of(school)
    ann = open_tab(school, ANN, f"lab/workspaces/of-ann?reset&wove-project={lab['id']}")
    section = ann.locator(".wove-Page").get_by_role("region", name="Tutor")
    expect(section).to_contain_text("Models help whoever works on it")
    press(section.get_by_role("button", name="Limit what models tell…"))
    dialog(ann).get_by_label("Questions only, and no code").check()
    keep_picture(ann, "tutor-fields")
    press(dialog(ann).get_by_role("button", name="Set"))
    expect(section).to_contain_text("Learners get: Questions only, and no code.")
    keep_picture(ann, "tutor-page")
    path = f"{copy['folder']}/help.chat"
    bob = open_tab(school, BOB, f"lab/workspaces/of-bob/tree/{path}?reset")
    bob.locator("#jupyterlab-splash").wait_for(state="detached")
    bob.locator(".jp-DirListing-item", has_text="lab.ipynb").dblclick()
    bob.locator(".jp-Cell:visible").first.click()
    bob.locator(".lm-TabBar-tab", has_text="help.chat").click()
    line = bob.get_by_text("The tutor asks questions and writes no code until")
    expect(line).to_be_visible()
    box = bob.get_by_placeholder("Type a chat message")
    box.fill("Write it for me.")
    box.press("Enter")
    expect(bob.get_by_text("What is the mean of nothing?")).to_be_visible()
    expect(bob.get_by_text("Code is withheld.")).to_be_visible()
    expect(line).to_have_count(2)
    expect(bob.get_by_text("solution =")).to_have_count(0)
    keep_picture(bob, "tutor-chat")
    press(bob.get_by_role("button", name="Wove", exact=True))
    for name in ("Analyst", "Coder", "Tester", "Writer", "Tutor"):
        expect(bob.get_by_role("menuitem", name=name)).to_be_visible()
    keep_picture(bob, "tutor-picker")
