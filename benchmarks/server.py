"""JupyterLab in a fresh process, with folders of its own, to be asked and watched."""

import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

import psutil

STARTS_WITHIN = 120  # seconds
STOPS_WITHIN = 20
PAUSE = 0.01
NOT_YET = (OSError, http.client.HTTPException)


class Server:
    """JupyterLab for the length of a `with` block.

    `without` names extensions to leave out; `settings` are of the classes that it names;
    `environment` is what the process finds besides what it needs.
    """

    def __init__(
        self,
        folder: Path,
        *,
        without: tuple[str, ...] = (),
        database_url: str = "",
        settings: dict[str, dict[str, object]] | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.environment = environment or {}
        self.settings = settings or {}
        self.token = secrets.token_hex(8)
        self.port = free_port()
        self.config = folder / "config.json"
        for each in ("root", "home", "config"):
            (folder / each).mkdir(parents=True, exist_ok=True)
        self.config.write_text(json.dumps(self._config(without, database_url)))

    def __enter__(self) -> "Server":
        command = [sys.executable, "-m", "jupyterlab", f"--config={self.config}"]
        self.began = time.perf_counter()
        with (self.folder / "server.log").open("wb") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, env=self._environment(), cwd=self.folder
            )
        self.process = psutil.Process(self._process.pid)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def since(self) -> float:
        """Seconds since it was started."""
        return time.perf_counter() - self.began

    @property
    def megabytes(self) -> float:
        """Memory that it holds now."""
        return float(self.process.memory_info().rss) / 2**20

    @property
    def busy(self) -> float:
        """Seconds of processor time that it has used."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def connect(self) -> http.client.HTTPConnection:
        """Open a connection, to be kept."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, connection: http.client.HTTPConnection, path: str) -> bytes:
        """Read what stands at a path. Raises RuntimeError for anything but a 200."""
        headers = {"Authorization": f"token {self.token}"}
        connection.request("GET", f"/{path}", headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}: {content[:300]!r}")
        return content

    def wait_for(self, path: str) -> None:
        """Wait until this path answers."""
        while True:
            connection = self.connect()
            try:
                self.ask(connection, path)
            except NOT_YET:
                self._demand_life()
                time.sleep(PAUSE)
            else:
                return
            finally:
                connection.close()

    def _demand_life(self) -> None:
        if self._process.poll() is not None or self.since > STARTS_WITHIN:
            raise RuntimeError((self.folder / "server.log").read_text()[-3000:])

    def _config(self, without: tuple[str, ...], database_url: str) -> dict[str, object]:
        server = {
            "ip": "127.0.0.1",
            "port": self.port,
            "port_retries": 0,
            "open_browser": False,
            "root_dir": str(self.folder / "root"),
            "allow_root": True,
            "jpserver_extensions": dict.fromkeys(without, False),
        }
        data = self.folder / "data"
        wove: dict[str, object] = {"data_dir": str(data), "local_owner": "reader"}
        wove["log_level"] = "WARNING"
        wove["database_url"] = database_url or f"sqlite:///{data}/wove.db"
        return {
            "ServerApp": server,
            "LabApp": {"open_browser": False},
            "IdentityProvider": {"token": self.token},
            **self.settings,
            "Wove": wove | self.settings.get("Wove", {}),
        }

    def _environment(self) -> dict[str, str]:
        """Surround the process with folders that nobody else uses."""
        return {
            **os.environ,
            "HOME": str(self.folder / "home"),
            "JUPYTER_CONFIG_DIR": str(self.folder / "config"),
            "JUPYTER_DATA_DIR": str(self.folder / "jupyter"),
            "JUPYTER_RUNTIME_DIR": str(self.folder / "runtime"),
            **self.environment,
        }


def free_port() -> int:
    """Find a port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
