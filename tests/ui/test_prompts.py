"""The library of prompts: written, tried on a notebook that runs, asked with, compared, forked."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from jupyter_wove.ai.scripted import Reply
from tests.ui.conftest import ANN, ARTEFACTS, BOB
from tests.ui.lab import press
from tests.ui.servers import serving_models

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
SETUP = """\
%load_ext jupyter_wove_kernels
class Waves:
    shape = (3, 2)
waves = Waves()"""
PROMPT = """\
---
name: say-shape
title: Say the shape
description: Says how large a table is.
inputs:
  df: {type: dataframe, required: true}
  level: {type: enum, options: [beginner, expert]}
  here: {type: cell}
use_cases: [looking]
---
For a {{level}}: how large is {{df | shape}}? The cell is: {{here.source}}
"""


@pytest.fixture(scope="module")
def working(tmp_path_factory):
    """A server that Ann and Bob share, with a scripted model."""
    with serving_models(tmp_path_factory.mktemp("prompts") / "lab", ANN, BOB) as server:
        yield server


def library(page):
    page.get_by_role("tab", name="Prompts").click()
    return page.get_by_role("region", name="Prompts")


def written(page, text):
    page.get_by_label("The file of the prompt").fill(text)


def test_a_prompt_is_written_tried_on_a_notebook_and_asked_with(working, open_tab):
    book = new_notebook(cells=[new_code_cell(SETUP)], metadata={"kernelspec": KERNEL})
    nbformat.write(book, working.root / "sea.ipynb")
    page = open_tab(working, ANN, "lab/workspaces/of-ann/tree/sea.ipynb?reset")
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=30_000)  # a kernel starts
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".jp-InputPrompt").first).to_have_text("[1]:")
    panel = library(page)
    expect(panel).to_contain_text("No prompts yet")
    press(panel.get_by_role("button", name="Write a prompt").last)
    written(page, PROMPT.replace("{{level}}", "{{level"))
    press(page.get_by_role("button", name="Add to the library"))
    expect(page.locator(".wove-Prompt-problem")).to_contain_text("Line 1 of the text")
    written(page, PROMPT)
    press(page.get_by_role("button", name="Add to the library"))
    prompt = page.get_by_role("region", name="Say the shape")
    expect(prompt.get_by_role("status")).to_contain_text("df")
    prompt.get_by_label("df").fill("waves")
    preview = prompt.get_by_role("region", name="What would be said")
    said = "For a beginner: how large is (3, 2)? The cell is: %load_ext jupyter_wove_kernels"
    expect(preview).to_contain_text(said)
    expect(prompt.get_by_role("list", name="What it costs to send")).to_contain_text("scripted")
    page.screenshot(path=ARTEFACTS / "prompt.png")
    working.models.script = lambda asked: Reply(pieces=["Three by two."])
    press(prompt.get_by_role("button", name="Ask in the chat of the notebook"))
    expect(page.get_by_text("Three by two.")).to_be_visible()
    assert said in working.models.asked[-1].last
    press(page.get_by_role("tab", name="Prompt", exact=True).last)
    press(prompt.get_by_role("button", name="Outcomes"))
    expect(page.locator(".wove-Outcomes")).to_be_visible()


def test_what_is_new_is_compared_voted_for_and_forked_and_what_is_private_is_not_seen(
    working, open_tab
):
    body = {"file": PROMPT.replace("say-shape", "tide").replace("Say the shape", "Tides")}
    made = working.ask("wove/api/prompts", body, name=ANN)
    page = open_tab(working, ANN, "lab/workspaces/of-ann?reset")
    press(library(page).get_by_role("button", name="Tides"))
    prompt = page.get_by_role("region", name="Tides")
    press(prompt.get_by_role("button", name="Text"))
    written(page, body["file"] + "Be short.\n")
    page.reload()
    press(library(page).get_by_role("button", name="Tides"))
    press(prompt.get_by_role("button", name="Text"))
    expect(page.get_by_label("The file of the prompt")).to_have_value(body["file"] + "Be short.\n")
    prompt.get_by_label("What is new, in a sentence").fill("Shorter")
    press(prompt.get_by_role("button", name="Save as a new version"))
    press(prompt.get_by_role("button", name="Versions"))
    press(prompt.get_by_role("button", name="1.0.0", exact=True))
    expect(prompt.get_by_role("region", name="What is new since 1.0.0")).to_contain_text(
        "Be short."
    )
    page.screenshot(path=ARTEFACTS / "prompt-versions.png")
    theirs = open_tab(working, BOB, "lab/workspaces/of-bob?reset")
    panel = library(theirs)
    expect(panel).to_contain_text("No prompts yet")
    press(prompt.get_by_role("button", name="Publish"))
    expect(prompt.get_by_role("button", name="Unpublish")).to_be_visible()
    press(panel.get_by_role("button", name="Refresh"))
    press(panel.get_by_role("button", name="Tides"))
    other = theirs.get_by_role("region", name="Tides")
    press(other.get_by_role("button", name="Vote for it (0)"))
    expect(other.get_by_role("button", name="Take my vote back (1)")).to_be_visible()
    press(other.get_by_role("button", name="Fork"))
    expect(theirs.get_by_text("a fork of ann/tide").last).to_be_visible()
    assert working.ask(f"wove/api/prompts/{made['id']}", name=ANN)["forks"] == 1


def test_what_evaluations_say_is_read_and_another_one_begun_in_a_notebook(
    working, open_tab, keep_picture
):
    file = PROMPT.replace("say-shape", "say-well").replace("Say the shape", "Say it well")
    made = working.ask("wove/api/prompts", {"file": file}, name=ANN)
    asked = {"versions": ["latest"], "models": ["scripted"], "rows": 6, "graders": ["equals"]}
    begun = working.ask(
        f"wove/api/prompts/{made['id']}/evaluations", asked | {"data": "0" * 64}, name=ANN
    )
    result = {"version": "1.0.0", "model": "scripted", "scores": [1, 1, 1, 0.5, 1, None]}
    body = {"results": [result | {"seconds": [0.4] * 6}]}
    path = f"wove/api/prompts/{made['id']}/evaluations/{begun['id']}/results"
    working.ask(path, body, name=ANN, method="PUT")
    page = open_tab(working, ANN, "lab/workspaces/evaluating?reset")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    press(library(page).get_by_text("Say it well"))
    press(page.get_by_role("button", name="Evaluations"))
    row = page.locator(".wove-Evaluation-scores tbody tr")
    expect(row).to_have_count(1)
    press(page.get_by_role("button", name="Versions"))
    labels = page.get_by_role("region", name="Labels")
    labels.get_by_label("The name of a new label").fill("production")
    press(labels.get_by_role("button", name="Put it on 1.0.0"))
    needed = labels.get_by_label("The score in per cent that production needs")
    needed.fill("95")
    needed.press("Tab")
    labels.get_by_role("checkbox", name="only owners move it").click()
    expect(labels.get_by_role("checkbox", name="only owners move it")).to_be_checked()
    keep_picture(page, "labels")
    known = working.ask(f"wove/api/prompts/{made['id']}/labels", name=ANN)
    assert (known[1]["least"], known[1]["protected"]) == (0.95, True)
    press(page.get_by_role("button", name="Evaluations"))
    expect(row).to_contain_text("90 %")
    keep_picture(page, "evaluated")
    press(page.get_by_role("button", name="Evaluate in a notebook"))
    page.get_by_role("tab", name="say-well-evaluation.ipynb").wait_for()
    expect(page.locator(".jp-Notebook:visible")).to_contain_text("How well does ann/say-well do?")
    expect(page.locator(".jp-Notebook:visible")).to_contain_text("from jupyter_wove_kernels")
    keep_picture(page, "notebook")


def test_a_change_is_suggested_talked_about_and_accepted(working, open_tab, keep_picture):
    file = PROMPT.replace("say-shape", "swell").replace("Say the shape", "Swell")
    made = working.ask("wove/api/prompts", {"file": file}, name=ANN)
    working.ask(f"wove/api/prompts/{made['id']}/publish", {}, name=ANN)
    theirs = open_tab(working, BOB, "lab/workspaces/of-bob?reset")
    theirs.locator("#jupyterlab-splash").wait_for(state="detached")
    press(library(theirs).get_by_text("Swell"))
    press(theirs.get_by_role("button", name="Text", exact=True))
    written(theirs, file.replace("how large is", "how long is"))
    theirs.get_by_label("What is new, in a sentence").fill("Ask for the length")
    press(theirs.get_by_role("button", name="Suggest this change"))
    changes = theirs.get_by_role("region", name="Suggested changes")
    expect(changes).to_contain_text("Bob, for version 1.0.0")
    talk = theirs.get_by_role("region", name="Comments")
    expect(talk).to_contain_text("Nobody has said anything yet")
    talk.get_by_label("What you say about the prompt").fill("Tables are long, not large.")
    talk.get_by_label("What you say about the prompt").press("Control+Enter")
    expect(talk.get_by_role("listitem")).to_contain_text("Tables are long, not large.")
    press(talk.get_by_role("button", name="Change"))
    talk.get_by_label("What you say about the prompt").first.fill("Long, not large.")
    press(talk.get_by_role("button", name="Save"))
    expect(talk.get_by_role("listitem")).to_contain_text("edited")
    page = open_tab(working, ANN, "lab/workspaces/talking?reset")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    press(library(page).get_by_text("Swell"))
    press(page.get_by_role("button", name="Discussion"))
    changes = page.get_by_role("region", name="Suggested changes")
    press(changes.get_by_role("button", name="Ask for the length"))
    expect(changes).to_contain_text("how long is")
    expect(page.get_by_role("region", name="Comments")).to_contain_text("Long, not large.")
    keep_picture(page, "discussion")
    press(changes.get_by_role("button", name="Accept"))
    expect(changes).to_contain_text("became 1.1.0")
    press(page.get_by_role("button", name="Text", exact=True))
    expect(page.get_by_label("The file of the prompt")).to_have_value(
        file.replace("how large is", "how long is")
    )


def test_prompts_are_found_by_what_they_are_for_and_what_comes_out(working, open_tab):
    file = "---\nname: {}\nuse_cases: [{}]\nstack: [pandas]\noutput: {{type: {}}}\n---\nSay it.\n"
    for name, use, output in [("draw-it", "drawing", "code"), ("tell-it", "telling", "text")]:
        working.ask("wove/api/prompts", {"file": file.format(name, use, output)}, name=ANN)
    page = open_tab(working, ANN, "lab/workspaces/of-ann?reset")
    panel = library(page)
    cards = panel.get_by_role("article")
    panel.get_by_label("What comes out").select_option("code")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("draw-it")
    panel.get_by_label("What comes out").select_option("")
    press(panel.get_by_role("button", name="pandas").first)
    expect(cards).to_have_count(2)
    press(panel.get_by_role("button", name="telling"))
    expect(cards).to_have_count(1)
    press(panel.get_by_role("button", name="Only telling"))
    expect(cards).to_have_count(2)
