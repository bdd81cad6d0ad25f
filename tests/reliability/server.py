"""A real Jupyter server with Wove in a process of its own, to be killed and started again."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

from tests.reliability.tiny import TinyDisk

TREE = Path(__file__).parents[2]
PROGRAMS = (".", "server_ext", "deploy_runner")
STARTS_WITHIN = 60  # seconds
PAUSE = 0.03
GONE = (OSError, http.client.HTTPException)


class Answer:
    """What the server said: a status, headers and bytes."""

    def __init__(self, status: int, headers: http.client.HTTPMessage, content: bytes) -> None:
        self.status = status
        self.headers = headers
        self.content = content

    @property
    def json(self):
        """Read the answer as JSON."""
        return json.loads(self.content) if self.content else None

    @property
    def is_problem(self) -> bool:
        """Tell whether it is an error as Wove says it."""
        return self.headers.get_content_type() == "application/problem+json"

    def __repr__(self) -> str:
        return f"{self.status} {self.content[:500]!r}"


class Server:
    """A server of some people, with folders of its own."""

    def __init__(
        self,
        folder: Path,
        *people: str,
        database_url: str = "",
        disk: TinyDisk | None = None,
        extensions: tuple[str, ...] = (),
        settings: dict[str, dict[str, object]] | None = None,
    ) -> None:
        self.folder = folder
        self.disk = disk
        self.settings = settings or {}
        self.extensions = ("jupyter_wove_server", *extensions)
        self.root, self.data = self._place("root"), self._place("data")
        self.database_url = database_url or f"sqlite:///{self.data}/wove.db"
        self.tokens = {name: secrets.token_hex(8) for name in people}
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True)
        self.root.mkdir(exist_ok=True)
        self._place("uploads").mkdir(exist_ok=True)
        (folder / "jupyter").mkdir(exist_ok=True)  # where file ids are kept

    @property
    def log(self) -> str:
        """What the server has said since it was first started."""
        return (self.folder / "server.log").read_text(errors="replace")

    def start(self) -> None:
        """Start the process, and wait until Wove is open."""
        config = self.folder / "config.json"
        config.write_text(json.dumps(self._config()))
        command = [sys.executable, "-m", "jupyter_server", f"--config={config}"]
        if self.disk:
            command = self.disk.around(command)
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, env=self._environment(), cwd=self.folder
            )
        if self.disk:
            self.disk.belongs_to(self.process.pid)
        until = time.monotonic() + STARTS_WITHIN
        while not self._is_ready():
            assert self.process.poll() is None, self.log[-5000:]
            assert time.monotonic() < until, self.log[-5000:]
            time.sleep(PAUSE)

    def kill(self) -> None:
        """End the process as a power cut would, but for what the system still writes."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Let the process do nothing meanwhile."""
        if self.process is None:
            yield
            return
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def ask(
        self,
        method: str,
        path: str,
        body=None,
        *,
        name: str = "",
        query=None,
        headers=None,
        timeout: float = 60,
    ) -> Answer:
        """Send one request as somebody; bytes go as they are, all else as JSON.

        Raises one of `GONE` where the server goes away meanwhile.
        """
        token = self.tokens[name] if name else next(iter(self.tokens.values()))
        sent = {"Authorization": f"token {token}"}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            address = "/" + path.lstrip("/") + (f"?{urlencode(query, True)}" if query else "")
            with suppress(BrokenPipeError):  # it may refuse what it has not read to its end
                connection.request(method, address, body, sent | (headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def api(self, method: str, path: str, body=None, **options) -> Answer:
        """Use an operation of Wove."""
        return self.ask(method, f"wove/api/{path}", body, **options)

    def wait_for_job(self, job: str, *, name: str = "", seconds: float = 60):
        """Wait until a job has ended, however it ended."""
        until = time.monotonic() + seconds
        while (found := self.api("GET", f"jobs/{job}", name=name).json)["finished"] is None:
            assert time.monotonic() < until, found
            time.sleep(PAUSE)
        return found

    def _place(self, name: str) -> Path:
        return self.disk.folder if self.disk and self.disk.place == name else self.folder / name

    def _is_ready(self) -> bool:
        try:
            return self.ask("GET", "wove/readyz", timeout=5).status == 200
        except GONE:
            return False

    def _config(self):
        server = {
            "ip": "127.0.0.1",
            "port": self.port,
            "port_retries": 0,
            "open_browser": False,
            "root_dir": str(self.root),
            "allow_root": True,
            "allow_unauthenticated_access": False,
            "jpserver_extensions": dict.fromkeys(self.extensions, True),
            "identity_provider_class": "tests.ui.identity.People",
        }
        passwords = {token: name for name, token in self.tokens.items()}
        wove = {"data_dir": str(self.data), "database_url": self.database_url}
        # A model that reads all that is saved would take its time from what is tested.
        wove["search_by_meaning"] = "off"
        return {
            **self.settings,
            "ServerApp": server,
            "People": {"passwords": passwords, "token": "not-used"},
            "Wove": wove | self.settings.get("Wove", {}),
        }

    def _environment(self) -> dict[str, str]:
        """Surround the process with folders that nobody else uses."""
        return {
            **os.environ,
            "HOME": str(self.folder),
            "JUPYTER_NO_CONFIG": "1",
            "JUPYTER_DATA_DIR": str(self.folder / "jupyter"),
            "JUPYTER_RUNTIME_DIR": str(self.folder / "runtime"),
            "PYTHONPATH": os.pathsep.join(str(TREE / each) for each in PROGRAMS),
            "TMPDIR": str(self._place("uploads")),
        }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
