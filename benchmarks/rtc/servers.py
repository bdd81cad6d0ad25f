"""The servers that are compared, each in a process of its own: ours, and what others use."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from benchmarks.rtc.node import HERE, Failed, node
from benchmarks.server import Server, free_port
from benchmarks.starting import WOVE as WITHOUT_WOVE

OURS, STOCK = "Wove", "jupyter-collaboration"
STARTS_WITHIN = 30  # seconds
PAUSE = 0.05
SETTLED = 3.0  # seconds after which nothing is loaded behind the scenes any more


@dataclass(frozen=True)
class Running:
    """A server that runs: of which kind, where, and its process."""

    kind: str
    url: str
    folder: Path
    process: psutil.Process
    token: str = ""
    params: dict[str, str] = field(default_factory=dict)

    @property
    def busy(self) -> float:
        """Milliseconds of processor time that it has used."""
        times = self.process.cpu_times()
        return float(times.user + times.system) * 1e3

    @property
    def megabytes(self) -> float:
        """Memory that it holds now."""
        return float(self.process.memory_info().rss) / 2**20

    def room(self, names: Sequence[str], content: dict[str, Any]) -> dict[str, Any]:
        """Say how to reach documents of these names; where they are files, write them."""
        notebook = self.folder / "notebook.json"
        notebook.write_text(json.dumps(content))
        if self.kind == "jupyter":
            for name in names:
                file = self.folder / "root" / f"{name}.ipynb"
                if not file.exists():
                    file.write_text(json.dumps(content, indent=1))
        server = {
            "kind": self.kind,
            "url": self.url,
            "token": self.token,
            "params": self.params,
        }
        return {"server": server, "names": list(names), "notebook": str(notebook)}


@contextmanager
def _jupyter(
    folder: Path, empty_for: float, environment: dict[str, str], *, is_ours: bool
) -> Iterator[Running]:
    cleanup: dict[str, object] = {"document_cleanup_delay": empty_for} if empty_for else {}
    without = () if is_ours else WITHOUT_WOVE
    settings = {"YDocExtension": cleanup}
    with Server(folder, without=without, settings=settings, environment=environment) as server:
        for path in ("api/status", "wove/readyz")[: 2 if is_ours else 1]:
            server.wait_for(path)
        time.sleep(SETTLED)
        params = {"wove": "1"} if is_ours else {}
        url = f"http://127.0.0.1:{server.port}"
        try:
            yield Running("jupyter", url, folder, server.process, server.token, params)
        finally:
            if not is_ours and server.process.is_running():
                server.process.kill()  # with an open room it would never end by itself


@contextmanager
def _program(
    folder: Path, empty_for: float, environment: dict[str, str], *, kind: str, path: str
) -> Iterator[Running]:
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    whole = os.environ | {"HOST": "127.0.0.1", "PORT": str(port)} | environment
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [node(), HERE / path], stdout=log, stderr=log, env=whole, cwd=folder
        )
    try:
        _wait_for(port, folder)
        yield Running(kind, f"ws://127.0.0.1:{port}", folder, psutil.Process(process.pid))
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int, folder: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(PAUSE)
        else:
            return
    raise Failed((folder / "server.log").read_text()[-500:])


def run(
    name: str, folder: Path, empty_for: float = 0, environment: dict[str, str] | None = None
) -> AbstractContextManager[Running]:
    """Start a server; `empty_for`, in seconds, is how long it keeps a room without people."""
    return SERVERS[name](folder, empty_for, environment or {})


SERVERS: dict[str, Callable[[Path, float, dict[str, str]], AbstractContextManager[Running]]] = {
    OURS: partial(_jupyter, is_ours=True),
    STOCK: partial(_jupyter, is_ours=False),
    "y-websocket": partial(_program, kind="yjs", path="node_modules/y-websocket/bin/server.js"),
    "Hocuspocus": partial(_program, kind="hocuspocus", path="hocuspocus.mjs"),
}
PERSISTENT = (OURS, STOCK)  # the others keep nothing on disk as they come
