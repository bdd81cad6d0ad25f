"""The deploy runner, as it is asked for kernels and for programs that run once."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from jupyter_core.paths import jupyter_data_dir

Json = dict[str, Any]
SOCKET = "WOVE_RUNNER_SOCKET"
PATIENCE = httpx.Timeout(30, read=20 * 60)  # seconds: the first kernel has its image made
FOR_EVER = httpx.Timeout(30, read=None)
HERE = "http://runner"
NO_RUNNER = (
    "There is no sandbox here: it needs Docker, and the runner of Jupyter Wove."
    " Start it with: wove-runner serve"
)


class RunnerError(Exception):
    """What the runner, or the way to it, has to say."""


def usual_socket() -> str:
    """Name the socket that the environment names, or else that of the runner of this user."""
    own = Path(jupyter_data_dir()) / "wove" / "runner" / "run" / "socket"
    return os.environ.get(SOCKET) or str(own)


class Runner:
    """Asks the runner that listens at a socket."""

    def __init__(self, socket: str = "") -> None:
        self.socket = socket or usual_socket()

    def is_there(self) -> bool:
        """Tell whether something may listen."""
        return Path(self.socket).is_socket()

    async def ask(self, method: str, path: str, body: Json | None = None) -> Json:
        """Ask for something. Raises RunnerError."""
        async with self._opened(PATIENCE) as client:
            return _answered(await client.request(method, path, json=body))

    async def wait(self, path: str) -> Json:
        """Wait for something, however long it takes. Raises RunnerError."""
        async with self._opened(FOR_EVER) as client:
            return _answered(await client.get(path))

    def run(self, order: Json) -> Json:
        """Run a program once, and say how it ended. Raises RunnerError."""
        if not self.is_there():
            raise RunnerError(NO_RUNNER)
        transport = httpx.HTTPTransport(uds=self.socket, verify=False)
        try:
            with httpx.Client(transport=transport, base_url=HERE, timeout=PATIENCE) as client:
                answer = client.post("/v1/runs", json=order)
        except httpx.HTTPError as error:
            raise RunnerError(f"The runner at {self.socket} has gone: {error}.") from error
        if answer.is_error:
            raise RunnerError(answer.text[:500])
        ended: Json = json.loads(answer.text.strip().rpartition("\n")[2])
        return ended

    @asynccontextmanager
    async def _opened(self, patience: httpx.Timeout) -> AsyncIterator[httpx.AsyncClient]:
        if not self.is_there():
            raise RunnerError(NO_RUNNER)
        transport = httpx.AsyncHTTPTransport(uds=self.socket, verify=False)
        try:
            async with httpx.AsyncClient(
                transport=transport, base_url=HERE, timeout=patience
            ) as client:
                yield client
        except httpx.HTTPError as error:
            raise RunnerError(f"The runner at {self.socket} has gone: {error}.") from error


def _answered(answer: httpx.Response) -> Json:
    if answer.is_error:
        raise RunnerError(answer.text[:500])
    found: Json = answer.json() if answer.content else {}
    return found
