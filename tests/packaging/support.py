"""Commands away from any checkout, a fresh virtual environment, a JupyterLab that runs in it."""

import json
import os
import subprocess
import time
import urllib.request
import venv
from contextlib import contextmanager


def run(command, folder, variables):
    """Run a command; give what it prints, or fail with it."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def inherited():
    """Give this process's variables without those that lead to its own Python and Jupyter."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "PYTHON", "VIRTUAL_ENV"))
    }


class Environment:
    """A virtual environment that sees another one's packages behind its own."""

    def __init__(self, folder, behind):
        self.folder = folder
        self.behind = behind
        venv.create(folder / "env", symlinks=True)
        self.prefix = folder / "env"
        self.python = self.prefix / "bin/python"
        self.path = str(self.prefix / "bin")
        self.site_packages = next(self.prefix.glob("lib/python*/site-packages"))
        packages = next(behind.glob("lib/python*/site-packages"))
        (self.site_packages / "behind.pth").write_text(f"{packages}\n")

    def install(self, *what, **environment):
        """Install one of our distributions; all it depends on is there already."""
        pip = [self.behind / "bin/python", "-m", "pip", "--python", self.python, "install"]
        self.run(*pip, "-q", "--no-deps", *what, **environment)

    def run(self, *command, **environment):
        """Run a command in this environment; give what it prints."""
        return run(command, self.folder, self.variables | environment)

    def module(self, *command):
        return self.run(self.python, "-m", *command)

    @property
    def variables(self):
        """Keep the user's own Jupyter out, let in what the other environment shares."""
        return inherited() | {
            "JUPYTER_CONFIG_DIR": str(self.folder / "config"),
            "JUPYTER_DATA_DIR": str(self.folder / "data"),
            "JUPYTER_RUNTIME_DIR": str(self.folder / "runtime"),
            "JUPYTER_CONFIG_PATH": str(self.behind / "etc/jupyter"),
            "JUPYTER_PATH": str(self.behind / "share/jupyter"),
            "JUPYTERLAB_DIR": str(self.behind / "share/jupyter/lab"),
        }

    @contextmanager
    def jupyterlab(self):
        """Run JupyterLab in this environment; give a function that gets a page of it."""
        with self.serving() as server:
            yield lambda page: _get(server, page)

    @contextmanager
    def serving(self):
        """Run JupyterLab in this environment; give where it is, and its token."""
        (self.folder / "root").mkdir(exist_ok=True)
        log = (self.folder / "jupyterlab.log").open("w")
        root = f"--ServerApp.root_dir={self.folder}/root"
        command = [self.python, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0"]
        process = subprocess.Popen(
            [*command, root],
            cwd=self.folder,
            env=self.variables,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield self._wait_for(process)
        finally:
            process.terminate()
            process.wait(timeout=60)
            log.close()

    def _wait_for(self, process):
        for _ in range(600):
            assert process.poll() is None, (self.folder / "jupyterlab.log").read_text()
            for file in (self.folder / "runtime").glob("jpserver-*.json"):
                return json.loads(file.read_text())
            time.sleep(0.1)
        raise AssertionError((self.folder / "jupyterlab.log").read_text())


def _get(server, page):
    request = urllib.request.Request(
        server["url"] + page, headers={"Authorization": f"token {server['token']}"}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.status, response.read()
