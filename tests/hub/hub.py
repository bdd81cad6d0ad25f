"""A real JupyterHub whose people have servers with Wove, for the length of a `with` block."""

import http.client
import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROXY = HERE / "proxy/node_modules/.bin/configurable-http-proxy"
TEAM = "team"  # whose server is open to all
STARTS_WITHIN = 90.0  # seconds
CONFIG = """
import json

given = json.loads({given!r})
for name, values in given.items():
    getattr(c, name).update(values)
"""


class Hub:
    """A JupyterHub that listens on this machine; `token` is an administrator's.

    All people have one `password`."""

    def __init__(self, folder: Path, *people: str, wove: dict[str, Any]) -> None:
        self.folder = folder
        self.people = people
        self.token, self.password = secrets.token_hex(16), secrets.token_hex(8)
        self.ports = [_free_port() for _ in range(3)]
        folder.mkdir(parents=True)
        for name in people:
            configured = folder / "homes" / name / ".jupyter"
            configured.mkdir(parents=True)
            settings = {"Wove": wove | {"data_dir": str(folder / "data" / name)}}
            (configured / "jupyter_server_config.json").write_text(json.dumps(settings))

    def config(self) -> dict[str, dict[str, Any]]:
        """Write down the settings of the Hub."""
        public, api, hub = (f"http://127.0.0.1:{port}" for port in self.ports)
        roles = {"name": "test", "scopes": ["admin:users", "admin:servers", "tokens"]}
        shared = {"name": "shared", "scopes": [f"access:servers!user={TEAM}"]}
        people = [name for name in self.people if name != TEAM]
        return {
            "JupyterHub": {
                "bind_url": public,
                "hub_bind_url": hub,
                "db_url": f"sqlite:///{self.folder}/hub.sqlite",
                "cookie_secret_file": str(self.folder / "cookie_secret"),
                "authenticator_class": "dummy",
                "spawner_class": "simple",
                "services": [{"name": "test", "api_token": self.token}],
                "load_roles": [roles | {"services": ["test"]}, shared | {"users": people}],
            },
            "Authenticator": {"allow_all": True},
            "DummyAuthenticator": {"password": self.password},
            "ConfigurableHTTPProxy": {
                "api_url": api,
                "command": [shutil.which("node"), str(PROXY)],
                "pid_file": str(self.folder / "proxy.pid"),
            },
            "SimpleLocalProcessSpawner": {
                "home_dir_template": str(self.folder / "homes/{username}")
            },
            "Spawner": {
                "cmd": [sys.executable, "-m", "jupyterhub.singleuser"],
                "args": ["--allow-root"],
            },
        }

    def ask(
        self, method: str, path: str, body: Any = None, token: str | None = None
    ) -> tuple[int, Any]:
        """Send one request, with the administrator's token unless there is another one."""
        token = self.token if token is None else token
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[0], timeout=60)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status, json.loads(content) if is_json and content else content

    def token_of(self, name: str, *scopes: str) -> str:
        """Make a token of somebody, as they do on the page of the Hub."""
        status, made = self.ask("POST", f"/hub/api/users/{name}/tokens", {"scopes": scopes})
        assert status == 201, made
        return str(made["token"])

    @property
    def url(self) -> str:
        """Say where it is."""
        return f"http://127.0.0.1:{self.ports[0]}"

    @property
    def log(self) -> str:
        """What the Hub, its proxy and the servers have said."""
        return (self.folder / "hub.log").read_text(errors="replace")

    def wait(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until the Hub and all servers are there."""
        until = time.monotonic() + STARTS_WITHIN
        waiting = dict.fromkeys(self.people, False)
        while waiting:
            assert process.poll() is None, self.log[-5000:]
            assert time.monotonic() < until, self.log[-5000:]
            time.sleep(0.2)
            try:
                waiting = self._start(waiting)
            except OSError:
                continue

    def _start(self, waiting: dict[str, bool]) -> dict[str, bool]:
        """Have servers started; return those that are not there yet."""
        for name, is_asked in waiting.items():
            if not is_asked and self.ask("POST", f"/hub/api/users/{name}")[0] in {201, 409}:
                waiting[name] = self.ask("POST", f"/hub/api/users/{name}/server")[0] in {201, 202}
        there = {name for name in waiting if self._is_ready(name)}
        return {name: is_asked for name, is_asked in waiting.items() if name not in there}

    def _is_ready(self, name: str) -> bool:
        status, user = self.ask("GET", f"/hub/api/users/{name}")
        return status == 200 and bool(user["server"])


@contextmanager
def serving(folder: Path, *people: str, wove: dict[str, Any]) -> Iterator[Hub]:
    """Serve people, each with a server of their own."""
    hub = Hub(folder, *people, wove=wove)
    config = folder / "jupyterhub_config.py"
    config.write_text(CONFIG.format(given=json.dumps(hub.config())))
    command = [sys.executable, "-m", "jupyterhub", f"--config={config}"]
    with (folder / "hub.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        hub.wait(process)
        yield hub
    finally:
        process.terminate()  # which ends the proxy and the servers, too
        process.wait(120)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
