"""`make lab`: JupyterLab opens at the demo project, and Ctrl-C ends it."""

import json
import os
import pty
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.packaging.support import inherited

ROOT = Path(__file__).parents[2]
START = 120  # seconds


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start what `make lab` starts, in a folder and for a user of its own."""
    home = tmp_path_factory.mktemp("lab")
    variables = inherited() | {
        "NO_BROWSER": "1",
        "WOVE_LAB_ROOT": str(home / "root"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "PATH": f"{ROOT}/.venv/bin:{os.environ['PATH']}",
    }
    log = home / "lab.log"
    _, terminal = pty.openpty()  # Jupyter listens to Ctrl-C only where somebody could type it
    with log.open("w") as output:
        process = subprocess.Popen(
            [ROOT / "scripts/lab", "--port=0"],
            cwd=ROOT,
            env=variables,
            stdin=terminal,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        yield process, _server(process, home / "runtime", log)
        process.kill()
        process.wait()


def _server(process, runtime, log):
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        for file in runtime.glob("jpserver-*.json"):
            if file.stat().st_size:
                return json.loads(file.read_text())
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def test_jupyterlab_opens_at_the_demo_project_and_one_of_its_notebooks(lab):
    _, server = lab
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = chromium.new_page()
        page.goto(f"{server['url']}lab/workspaces/wave-lab?token={server['token']}")
        panel = page.locator("#jupyter-wove-projects")
        here = panel.get_by_role("region", name="This project")
        expect(here.get_by_role("button", name="Wave lab")).to_be_visible(timeout=60_000)
        expect(here).to_contain_text("All saved in version 1", timeout=60_000)
        mine = panel.get_by_role("region", name="My projects")
        expect(mine.get_by_role("listitem")).to_contain_text(["Wave lab"])
        notebook = page.locator(".jp-NotebookPanel:visible .jp-Cell").first
        expect(notebook).to_be_visible(timeout=60_000)
        chromium.close()


def test_ctrl_c_ends_it(lab):
    process, _ = lab
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
