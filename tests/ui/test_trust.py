"""What somebody puts into an output of a shared notebook does not run for who opens it later."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from jupyter_ydoc import YNotebook
from playwright.sync_api import expect
from pycrdt import Map

from tests.reliability.typist import Typist
from tests.ui.conftest import ANN, BOB

RUNS = "window.ranByAnn = (window.ranByAnn || 0) + 1"
HTML = f"""
    <b>The table of Ann</b>
    <img src="data:," onerror="{RUNS}">
    <script>{RUNS}</script>
    <iframe srcdoc="<script>parent.{RUNS}</script>"></iframe>
    <a href="javascript:{RUNS}">Look here</a>
"""
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUNS}"><script>{RUNS}</script></svg>'
PASTED = [{"text/html": HTML}, {"image/svg+xml": SVG}, {"application/javascript": RUNS}]
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
EMPTY = {"cells": [], "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}


class Door:
    """A server as who types over a socket needs it."""

    def __init__(self, server):
        self.server, self.tokens, self.port = server, server.tokens, server.port

    def ask(self, method, path, body):
        self.json = self.server.ask(path, body, name=ANN, method=method)
        return self


@pytest.fixture
def pasted(shared_lab):
    """A notebook into which Ann wrote outputs over the socket, saying that they are trusted."""
    path = "from-ann.ipynb"
    (shared_lab.root / path).write_text(json.dumps(EMPTY))
    with ThreadPoolExecutor(1) as thread:  # for Playwright's loop runs in this one
        thread.submit(asyncio.run, paste(Door(shared_lab), path)).result()
    return path


async def paste(server, path):
    async with Typist(server, path, ANN, kind="json:notebook") as ann:
        book = YNotebook(ann.doc)
        with ann.doc.transaction():
            book.ycells.append(book.create_ycell(cell()))
            ann.doc.get("meta", type=Map)["metadata"] = Map({"trusted": True, **KERNEL})
        await ann.is_stored()


def cell():
    outputs = [{"output_type": "display_data", "data": data, "metadata": {}} for data in PASTED]
    return {
        "cell_type": "code",
        "id": "pasted",
        "metadata": {"trusted": True},
        "source": "table",
        "outputs": outputs,
        "execution_count": 1,
    }


def test_nothing_of_an_output_runs_for_who_opens_the_notebook_later(pasted, sign_in, keep_picture):
    bob = sign_in(BOB, f"lab/workspaces/of-bob/tree/{pasted}?reset")
    outputs = bob.locator(".jp-OutputArea-output")
    outputs.first.wait_for()
    expect(bob.get_by_text("The table of Ann")).to_be_visible()  # but nothing that would run
    bob.get_by_text("Look here").click()
    bob.wait_for_timeout(500)
    assert bob.evaluate("window.ranByAnn") is None
    outputs = bob.locator(".jp-OutputArea-output")
    assert (
        outputs.locator("script, iframe, [onerror], [onload], [href^='javascript']").count() == 0
    )
    keep_picture(bob, "pasted")
