"""What somebody else wrote runs in a sandbox until one trusts it, and says so."""

import json
import os

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import enter, unused
from tests.ui.lab import dialog, run
from tests.ui.servers import OWNER, serving

PATIENCE = 120_000  # milliseconds: the first kernel may have its image made
MADE_WITHIN = 600_000
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
LOOK = """\
import os, socket
print(open("tides.csv").read())
print("here" if os.path.isdir(ROOT) else "apart")
try:
    socket.create_connection(("127.0.0.1", PORT), 2).close()
    print("reached")
except OSError as error:
    print("refused:", error)
"""
FILL = "import numpy\nkept = numpy.ones(300_000_000)"
WRITE = 'open("made.txt", "w").write("by the kernel")\nprint("written")'


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server whose runner has Docker."""
    if not (url := os.environ.get("WOVE_TEST_DOCKER")):
        pytest.fail("These tests need Docker: scripts/with-docker pytest …")
    folder = tmp_path_factory.mktemp("sandboxed")
    config = folder / "runner.py"
    config.write_text("c.WoveRunner.prepare = False\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WOVE_UI_DOCKER", url)
        with serving(folder / "server", wove={"runner_config": str(config)}) as server:
            yield server


@pytest.fixture(scope="module")
def bare_server(tmp_path_factory):
    """A server without any Docker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WOVE_UI_DOCKER", "unix:///nowhere/docker.sock")  # the other server's is set
        with serving(tmp_path_factory.mktemp("bare") / "server") as server:
            yield server


def remixed(server, *sources):
    """Publish a project with a notebook, and remix it; name the notebook of the remix."""
    made = server.ask("wove/api/projects", {"title": unused("Tides")})
    folder = server.root / made["folder"]
    notebook = {"cells": [*map(cell, sources)], "metadata": KERNEL}
    text = json.dumps(notebook | {"nbformat": 4, "nbformat_minor": 5})
    (folder / "tides.ipynb").write_text(text)
    (folder / "tides.csv").write_text("low,high")
    server.ask(f"wove/api/projects/{made['id']}/publish", {})
    job = server.ask(f"wove/api/projects/{made['id']}/remix", {})
    return server.wait_for_job(job)["folder"] + "/tides.ipynb"


def cell(source):
    made = {"cell_type": "code", "id": f"cell-{abs(hash(source))}", "metadata": {}}
    return made | {"source": source, "outputs": [], "execution_count": None}


def looking(server):
    """Write code that tells what it sees from where it runs."""
    return LOOK.replace("ROOT", repr(str(server.root))).replace("PORT", str(server.port))


@pytest.fixture
def open_notebook(open_window):
    def opened(server, path):
        page = enter(open_window(), server, OWNER, f"lab/workspaces/w/tree/{path}?reset")
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        return page

    return opened


def band(page):
    return page.get_by_role("region", name="Sandbox")


def run_cell(page, number):
    """Run a cell, and return what is below it."""
    chosen = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
    chosen.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    return chosen.locator(".jp-OutputArea-output")


def idle(page):
    page.get_by_text("Python 3 (ipykernel) | Idle").first.wait_for(timeout=MADE_WITHIN)


def test_a_remix_runs_in_a_sandbox_until_it_is_trusted(server, open_notebook, keep_picture):
    path = remixed(server, looking(server), WRITE)
    page = open_notebook(server, path)
    expect(band(page)).to_contain_text("no network", timeout=MADE_WITHIN)
    idle(page)
    out = run_cell(page, 0)
    expect(out).to_contain_text("low,high", timeout=PATIENCE)
    expect(out).to_contain_text("apart")
    expect(out).to_contain_text("refused: [Errno")
    expect(run_cell(page, 1)).to_contain_text("written", timeout=PATIENCE)
    assert not (server.root / path).with_name("made.txt").exists()
    keep_picture(page, "in-the-sandbox")

    band(page).get_by_role("button", name="Trust This Project…").click()
    expect(dialog(page)).to_contain_text("with all that you may do")
    dialog(page).get_by_role("button", name="Trust").click()
    expect(band(page)).to_have_count(0, timeout=PATIENCE)
    idle(page)
    out = run_cell(page, 0)
    expect(out).to_contain_text("here", timeout=PATIENCE)
    expect(out).to_contain_text("reached")

    run(page, "Stop Trusting This Project")
    expect(band(page)).to_be_visible(timeout=PATIENCE)
    expect(run_cell(page, 0)).to_contain_text("apart", timeout=PATIENCE)


def test_a_kernel_without_memory_says_so(server, open_notebook, keep_picture):
    page = open_notebook(server, remixed(server, FILL, "print('again')"))
    expect(band(page)).to_be_visible(timeout=MADE_WITHIN)
    idle(page)
    run_cell(page, 0)
    told = page.locator(".jp-toast-message", has_text="more than its 512 MB of memory")
    expect(told).to_be_visible(timeout=PATIENCE)
    expect(told).to_contain_text("Work on less at a time")
    keep_picture(page, "out-of-memory")
    # JupyterLab's own, that it will start again.
    dialog(page).get_by_role("button", name="Ok").click(timeout=PATIENCE)
    expect(run_cell(page, 1)).to_contain_text("again", timeout=PATIENCE)


def test_who_made_a_project_runs_it_without_a_sandbox(server, open_notebook):
    made = server.ask("wove/api/projects", {"title": unused("Own")})
    notebook = {"cells": [cell(looking(server))], "metadata": KERNEL}
    text = json.dumps(notebook | {"nbformat": 4, "nbformat_minor": 5})
    (server.root / made["folder"] / "own.ipynb").write_text(text)
    (server.root / made["folder"] / "tides.csv").write_text("low,high")
    page = open_notebook(server, f"{made['folder']}/own.ipynb")
    idle(page)
    expect(run_cell(page, 0)).to_contain_text("reached", timeout=PATIENCE)
    expect(band(page)).to_have_count(0)


def test_without_docker_one_is_asked_before_a_remix_runs(bare_server, open_notebook, keep_picture):
    page = open_notebook(bare_server, remixed(bare_server, looking(bare_server)))
    expect(dialog(page)).to_contain_text("Run the code of", timeout=PATIENCE)
    expect(dialog(page)).to_contain_text("there is no sandbox here")
    keep_picture(page, "asked-first")
    dialog(page).get_by_role("button", name="Run Once").click()
    idle(page)
    expect(run_cell(page, 0)).to_contain_text("reached", timeout=PATIENCE)


def test_without_docker_a_remix_that_one_does_not_want_to_run_stays_still(
    bare_server, open_notebook, keep_picture
):
    running = bare_server.ask("api/kernels")
    page = open_notebook(bare_server, remixed(bare_server, looking(bare_server)))
    expect(dialog(page)).to_contain_text("Run the code of", timeout=PATIENCE)
    dialog(page).get_by_role("button", name="Do Not Run").click()
    expect(page.get_by_text("No kernel was started")).to_be_visible()
    expect(dialog(page)).to_have_count(0)  # not even JupyterLab's own, that there is an error
    expect(page.locator(".jp-NotebookPanel:visible")).to_contain_text("No Kernel")
    keep_picture(page, "left-alone")
    assert len(bare_server.ask("api/kernels")) == len(running)
