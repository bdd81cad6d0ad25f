"""What people do with apps in JupyterLab, and servers whose runner has Docker or has none."""

import asyncio
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import nbformat
import pytest
from jupyter_wove_runner.containers import Engine
from jupyter_wove_runner.networks import Networks
from jupyter_wove_runner.reconciling import clear
from jupyter_wove_runner.settings import WoveRunner
from playwright.sync_api import expect

from tests.ui.conftest import unused
from tests.ui.lab import dialog, press

PATIENCE = 120_000  # milliseconds, for a build on a busy machine
NO_DOCKER = "c.WoveRunner.docker_url = 'unix:///nowhere'\n"


@contextmanager
def docked_runner(folder):
    """Give settings of Wove whose runner has Docker; what it makes is gone at the end."""
    if not (url := os.environ.get("WOVE_TEST_DOCKER", "")):
        pytest.skip("needs Docker: WOVE_TEST_DOCKER says where it listens")
    name = f"test-ui-{secrets.token_hex(3)}"
    words = f"c.WoveRunner.docker_url = {url!r}\nc.WoveRunner.name = {name!r}\n"
    words += "c.WoveRunner.prepare = False\n"
    yield told(folder, words)
    # Playwright's loop is in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, cleared(WoveRunner(docker_url=url, name=name))).result()


async def cleared(settings):
    """Leave nothing of a runner on its engine."""
    async with Engine(settings.docker_url, settings.name) as engine:
        await clear(engine, Networks(engine, settings.subnets))
        for image in await engine.images(f"wove.runner={settings.name}"):
            await engine.remove_image(image)


def told(folder, words):
    """Give settings of Wove whose runner is told these words."""
    config = folder / "runner.py"
    config.write_text(words)
    return {"runner_config": str(config)}


def project_of(server, *sources, outputs="height 3\n"):
    """Make a project of one notebook, with the outputs that it has."""
    made = server.ask("wove/api/projects", {"title": unused("Waves")})
    write(server, made, *sources, outputs=outputs)
    server.ask(f"wove/api/projects/{made['id']}/versions", {"message": "A notebook"})
    return made


def write(server, project, *sources, outputs="height 3\n"):
    told = [nbformat.v4.new_output("stream", name="stdout", text=outputs)]
    codes = [nbformat.v4.new_code_cell(each, outputs=told) for each in sources]
    cells = [nbformat.v4.new_markdown_cell("# Waves"), *codes]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    book = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    (server.root / project["folder"] / "work.ipynb").write_text(nbformat.writes(book))


def plan(page):
    """Press the button of the notebook's toolbar; give the dialog with the plan."""
    page.locator(".jp-NotebookPanel:visible [data-jp-item-name=wove-deploy]").click()
    expect(dialog(page).get_by_text("The plan")).to_be_visible()
    return dialog(page)


def deploy(page):
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(dialog(page)).to_have_count(0)


def app_page(page):
    return page.locator(".wove-App:visible")


def newest(page):
    """Give the deployment that the page of an app shows."""
    return app_page(page).locator(".wove-Deployment")


def ends(page, word, number):
    """Wait until a deployment has ended in some way."""
    expect(newest(page).get_by_role("heading", name=f"Deployment {number}")).to_be_visible()
    head = newest(page).locator(".wove-Deployment-head")
    expect(head).to_contain_text(word, timeout=PATIENCE)


def again(page):
    press(app_page(page).locator("header").get_by_role("button", name="Deploy again…"))
    expect(dialog(page).get_by_text("The plan")).to_be_visible()
    deploy(page)


def close(page, name):
    """Close a tab, whose file is about to be written by others."""
    page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text=name).locator(
        ".lm-TabBar-tabCloseIcon"
    ).click()


def shown(page):
    """Say what a visitor sees at the address of the app."""
    link = app_page(page).locator(".wove-Address-link")
    with page.context.expect_page() as opened:
        link.click()
    visitor = opened.value
    visitor.wait_for_load_state()
    words = visitor.locator("body").inner_text()
    visitor.close()
    return words
