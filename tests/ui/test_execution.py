"""Cells that the server runs: all of their output is there though the tab was closed."""

import json
import os
import subprocess
import sys
import time
import tomllib
import urllib.error
from contextlib import suppress
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import ANN, BOB, enter
from tests.ui.servers import ROOT, Server, serving

PATIENCE = 60_000  # milliseconds
TICKS = "import time\nfor number in range(6):\n    print('tick', number)\n    time.sleep(1)"
ALL_TICKS = [f"tick {number}" for number in range(6)]
QUESTION = "name = input('Who? ')\nprint('Hello', name)"
LONG = "print('begun')\ntime.sleep(100)"


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The extra of ours, in a folder of its own: installed with us it would run all our cells."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    target = tmp_path_factory.mktemp("package")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", target]
    subprocess.run([*pip, *extras["optional-dependencies"]["execution"]], check=True)
    return target


@pytest.fixture(scope="module")
def server(package, tmp_path_factory):
    surroundings = Server.environment

    def with_package(self):
        return surroundings(self) | {
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(package)]),
            "JUPYTER_PATH": str(package / "share" / "jupyter"),
            "JUPYTER_CONFIG_PATH": str(package / "etc" / "jupyter"),
        }

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Server, "environment", with_package)
        with serving(tmp_path_factory.mktemp("execution") / "server", ANN, BOB) as server:
            yield server


@pytest.fixture
def book(server):
    """A notebook in a project of Ann's."""
    made = server.ask("wove/api/projects", {"title": f"Runs {time.time_ns()}"}, name=ANN)
    server.ask("wove/api/me", name=BOB)
    address = f"wove/api/projects/{made['id']}/members/bob"
    server.ask(address, {"role": "editor"}, name=ANN, method="PUT")
    path = f"{made['folder']}/book.ipynb"
    cells = [cell(f"cell-{at}", source) for at, source in enumerate([TICKS, QUESTION, LONG])]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}}
    file = server.root / path
    file.write_text(json.dumps(notebook | {"nbformat": 4, "nbformat_minor": 5}))
    return Book(made["id"], path)


class Book(NamedTuple):
    """A notebook, and the project that it is in."""

    project: str
    path: str


def cell(id_, source):
    made = {"cell_type": "code", "id": id_, "metadata": {}, "source": source}
    return made | {"outputs": [], "execution_count": None}


@pytest.fixture
def open_book(server, book, open_window):
    def opened(name):
        workspace = f"lab/workspaces/of-{name.lower()}/tree/{book.path}?reset"
        page = enter(open_window(), server, name, workspace)
        page.get_by_text("Python 3 (ipykernel) | Idle").first.wait_for(timeout=PATIENCE)
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        return page

    return opened


def run(page, number):
    page.locator(".jp-CodeCell").nth(number).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")


def output(page, number):
    return page.locator(".jp-CodeCell").nth(number).locator(".jp-OutputArea")


def in_file(server, book):
    with suppress(json.JSONDecodeError):  # it is being written just now
        first = json.loads((server.root / book.path).read_text())["cells"][0]
        return "".join("".join(each["text"]) for each in first["outputs"]).split("\n")[:-1]
    return []


def test_a_cell_goes_on_when_its_tab_is_closed(server, book, open_book):
    ann, bob = open_book(ANN), open_book(BOB)
    run(ann, 0)
    expect(output(bob, 0)).to_contain_text("tick 0")
    for page in (ann, bob):
        page.context.close()
    until = time.monotonic() + PATIENCE / 1000
    while (found := in_file(server, book)) != ALL_TICKS:
        assert time.monotonic() < until, found
        time.sleep(0.2)

    again = open_book(ANN)
    expect(output(again, 0)).to_contain_text("tick 5")
    run(again, 1)
    again.locator(".jp-Stdin-input").fill("Ann")
    again.locator(".jp-Stdin-input").press("Enter")
    expect(output(again, 1)).to_contain_text("Hello Ann")
    run(again, 2)
    expect(output(again, 2)).to_contain_text("begun")
    again.keyboard.press("Escape")
    again.keyboard.press("i")
    again.keyboard.press("i")
    expect(output(again, 2)).to_contain_text("KeyboardInterrupt")


def test_who_only_reads_a_notebook_has_no_cell_run_into_it(server, book):
    address = f"wove/api/projects/{book.project}/members/bob"
    server.ask(address, {"role": "viewer"}, name=ANN, method="PUT")
    opened = server.ask(
        f"api/collaboration/session/{book.path}",
        {"format": "json", "type": "notebook"},
        name=BOB,
        method="PUT",
    )
    kernel = server.ask("api/kernels", {"name": "python3"}, name=BOB)["id"]
    room = f"json:notebook:{opened['fileId']}"
    about = {"cell_id": "cell-0"}
    for found in ({"document_id": room}, {"document_path": book.path}):
        assert status(server, kernel, {"metadata": about | found}) == 403
    assert status(server, kernel, {"server": {"url": "http://127.0.0.1:1"}}) == 403
    assert status(server, kernel, {"metadata": {}}) == 202  # a kernel knows no roles


def status(server, kernel, asked):
    try:
        server.ask(f"api/kernels/{kernel}/execute", {"code": "1"} | asked, name=BOB)
    except urllib.error.HTTPError as error:
        return error.code
    return 202
