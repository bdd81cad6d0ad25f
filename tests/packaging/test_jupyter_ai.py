"""Beside the whole of jupyter-ai, the same personas answer in the same chats."""

import json
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from jupyter_wove.ai.scripted import Reply, serving
from tests.packaging.support import Environment

PERSONAS = ["Wove", "Analyst", "Coder", "Tester", "Writer", "Tutor"]


@pytest.fixture(scope="module")
def both(declared, wheel, tmp_path_factory):
    """Install jupyter-ai and ours at once: fails where one excludes what the other needs."""
    environment = Environment(tmp_path_factory.mktemp("jupyter-ai"), declared)
    pip = [declared / "bin/python", "-m", "pip", "--python", environment.python, "install"]
    environment.run(*pip, "-q", wheel, "jupyter-ai>=3.2,<4")
    return environment


def test_the_personas_of_wove_are_chosen_and_answer(both):
    with serving(lambda asked: Reply(pieces=["2.4 m."])) as (url, _):
        configure(both, url)
        with both.serving() as server, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            (both.folder / "root/sea.chat").touch()
            page = chromium.new_page()
            page.goto(f"{server['url']}lab/tree/sea.chat?token={server['token']}")
            page.locator("#jupyterlab-splash").wait_for(state="detached")
            page.get_by_role("button", name="Wove", exact=True).click(timeout=60_000)
            for name in PERSONAS:
                expect(page.get_by_role("menuitem", name=name, exact=True)).to_be_visible()
            page.get_by_role("menuitem", name="Coder", exact=True).click()
            page.get_by_placeholder("Type a chat message").fill("How high?")
            page.get_by_placeholder("Type a chat message").press("Enter")
            expect(page.get_by_text("2.4 m.")).to_be_visible(timeout=60_000)
            chromium.close()


def configure(environment, url):
    at = {"provider": "openai", "base_url": f"{url}/v1", "model": "scripted"}
    wove = {"ai_deployments": [{"name": "scripted", "is_local": True, **at}]}
    (environment.folder / "config").mkdir()
    config = environment.folder / "config/jupyter_server_config.json"
    config.write_text(json.dumps({"Wove": wove}))
