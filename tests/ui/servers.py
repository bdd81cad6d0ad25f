"""Real JupyterLab servers in processes of their own, with folders of their own."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from jupyter_wove.ai.scripted import serving as scripted

OWNER = "owner"
ROOT = Path(__file__).parents[2]
SOURCES = [ROOT, *(ROOT / part for part in ("server_ext", "kernels", "deploy_runner"))]
STARTS_WITHIN = 60  # seconds
STOPS_WITHIN = 15


class Server:
    """A running server: where it is, whose it is, what is in it."""

    def __init__(self, folder: Path, people: tuple[str, ...], wove: dict | None = None) -> None:
        self.folder = folder
        self.root = folder / "root"
        self.data = folder / "data" / "wove"
        self.tokens = {name: secrets.token_hex(8) for name in people or [OWNER]}
        self.shared = bool(people)
        self.wove = wove or {}  # settings
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    @property
    def log(self) -> str:
        """What the server has said."""
        return (self.folder / "server.log").read_text()

    def token(self, name: str = OWNER) -> str:
        """What somebody shows to be let in."""
        return self.tokens[name]

    def ask(self, path: str, body=None, *, name: str = OWNER, method=None, headers=None):
        """Use the API as somebody; return the JSON of its answer."""
        request = urllib.request.Request(
            f"{self.url}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            method=method or ("GET" if body is None else "POST"),
            headers={
                "Authorization": f"token {self.token(name)}",
                "Content-Type": "application/json",
                **(headers or {}),
            },
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def wait_for_job(self, job, *, name: str = OWNER):
        """Wait until a job is done; return what it made."""
        until = time.monotonic() + STARTS_WITHIN
        while job["state"] not in {"succeeded", "failed", "cancelled"}:
            assert time.monotonic() < until, job
            time.sleep(0.1)
            job = self.ask(f"wove/api/jobs/{job['id']}", name=name)
        assert job["state"] == "succeeded", job
        return job["result"]

    def answers(self) -> bool:
        """Tell whether it is up."""
        try:
            with urllib.request.urlopen(f"{self.url}/wove/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def config(self) -> dict:
        """What the server is told."""
        server = {
            "ip": "127.0.0.1",
            "port": self.port,
            "port_retries": 0,
            "open_browser": False,
            "root_dir": str(self.root),
            "allow_root": True,
            "allow_unauthenticated_access": False,
            "answer_yes": True,
        }
        # A model that reads all that is saved would take its time from what is tested.
        told = {"ServerApp": server, "Wove": {"search_by_meaning": "off", **self.wove}}
        if not self.shared:
            return {**told, "IdentityProvider": {"token": self.tokens[OWNER]}}
        server["identity_provider_class"] = "tests.ui.identity.People"
        passwords = {token: name for name, token in self.tokens.items()}
        return {**told, "People": {"passwords": passwords, "token": "not-used"}}

    def environment(self) -> dict[str, str]:
        """What the process is surrounded by: folders that nobody else uses."""
        return {
            **os.environ,
            # None, whatever this machine has, but for the tests that are about it.
            "DOCKER_HOST": os.environ.get("WOVE_UI_DOCKER", "unix:///nowhere/docker.sock"),
            "HOME": str(self.folder),
            "IPYTHONDIR": str(self.folder / "ipython"),
            "JUPYTER_CONFIG_DIR": str(self.folder / "config"),
            "JUPYTER_DATA_DIR": str(self.folder / "data"),
            "JUPYTER_RUNTIME_DIR": str(self.folder / "runtime"),
            "PYTHONPATH": os.pathsep.join(map(str, SOURCES)),
        }

    def start(self) -> None:
        """Start the process, and wait until it answers."""
        command = [sys.executable, "-m", "jupyter", "lab"]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, env=self.environment(), start_new_session=True
            )
        _wait(self, self.process)

    def kill(self) -> None:
        """End the process as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        """Ask the process to end."""
        if self.process is not None:
            _stop(self.process)


@contextmanager
def serving(folder: Path, *people: str, wove: dict | None = None):
    """Run JupyterLab: for its one owner, or for several people who sign in by name."""
    server = Server(folder, people, wove)
    server.root.mkdir(parents=True)
    (folder / "config").mkdir()
    config = folder / "config" / "jupyter_server_config.json"
    config.write_text(json.dumps(server.config()))
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def serving_models(folder: Path, *people: str, **more):
    """Serve people with a scripted model that costs nothing: `models` of the server.

    `more` are settings of Wove.
    """
    with scripted() as (url, models):
        at = {"provider": "openai", "base_url": f"{url}/v1", "model": "scripted"}
        settings = {"ai_deployments": [{"name": "scripted", "is_local": True, **at}], **more}
        with serving(folder, *people, wove=settings) as server:
            server.models = models
            yield server


def _wait(server: Server, process: subprocess.Popen) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while not server.answers():
        assert process.poll() is None, server.log
        assert time.monotonic() < until, server.log
        time.sleep(0.2)


def _stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
