"""Runners that are real processes, and kernels that Jupyter starts by them."""

import asyncio
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_wove_kernels import provisioner
from jupyter_wove_runner.containers import Engine

from jupyter_wove.runner import Runner

SPECS = Path(provisioner.__file__).parent / "kernelspecs"
PATIENCE = 60  # seconds
MADE_WITHIN = 900  # seconds for the images of kernels, where they are not there yet


class Running:
    """A runner in a process of its own."""

    def __init__(self, docker: str, folder: Path) -> None:
        self.name = f"test-{uuid4().hex[:8]}"
        self.docker = docker
        self.socket = folder / "run" / "socket"
        self.config = folder / "config.py"
        self.log = folder / "log"
        lines = {"name": self.name, "docker_url": docker, "state_dir": str(folder)}
        lines["socket"] = str(self.socket)
        text = "\n".join(f"c.WoveRunner.{name} = {value!r}" for name, value in lines.items())
        self.config.write_text(text)
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "jupyter_wove_runner", "serve"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--config", str(self.config)], stdout=log, stderr=log
            )
        until = time.monotonic() + PATIENCE
        while not (self.socket.is_socket() and self.answers()):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)

    def answers(self) -> bool:
        """Tell whether it is up."""
        try:
            return self.ask("GET", "/v1/status").is_success
        except httpx.HTTPError:
            return False

    def end(self, how: int = signal.SIGTERM) -> None:
        """End it, and wait for that."""
        self.process.send_signal(how)
        self.process.wait(PATIENCE)

    def ask(self, method: str, path: str, body=None) -> httpx.Response:
        """Ask it for something."""
        transport = httpx.HTTPTransport(uds=str(self.socket))
        with httpx.Client(
            transport=transport, base_url="http://runner", timeout=MADE_WITHIN
        ) as client:
            return client.request(method, path, json=body)

    def client(self) -> Runner:
        """Speak to it as Wove does."""
        return Runner(lambda: str(self.socket))

    def left(self) -> list[str]:
        """List the containers of its kernels and programs, whoever asks."""
        return asyncio.run(self._left())

    async def _left(self) -> list[str]:
        async with Engine(self.docker, self.name) as engine:
            found = await engine.containers(engine.ours())
            return [each.id for each in found if each.labels.kernel or each.labels.job]

    async def clear(self) -> None:
        """Leave nothing of it in the engine."""
        async with Engine(self.docker, self.name) as engine:
            for container in await engine.containers(engine.ours()):
                await container.remove()
            for network in await engine.links.found(engine.ours()):
                await engine.links.remove(network["Name"])


@contextmanager
def running(docker, folder):
    """Have a runner."""
    runner = Running(docker, folder)
    try:
        runner.start()
        yield runner
    finally:
        if runner.process.poll() is None:
            runner.end()
        asyncio.run(runner.clear())


@pytest.fixture(scope="module")
def runner(docker, tmp_path_factory):
    """A runner, whose images of kernels are there."""
    with running(docker, tmp_path_factory.mktemp("runner")) as runner:
        made = runner.ask("POST", "/v1/runs", {"code": "print('ready')"})
        assert '"code":0' in made.text, made.text
        yield runner


class Kernel:
    """A kernel as a notebook uses it."""

    def __init__(self, manager, client) -> None:
        self.manager = manager
        self.client = client

    async def run(self, code: str, patience: float = PATIENCE) -> str:
        """Run code; return what it wrote, its value or the kind of its error."""
        said = []

        def hear(message):
            content = message["content"]
            found = content.get("text") or content.get("ename")
            said.append(found or content.get("data", {}).get("text/plain", ""))

        await self.client.execute_interactive(code, timeout=patience, output_hook=hear)
        return "".join(filter(None, said))

    async def ended(self) -> dict:
        """Wait for its end, and say how it came."""
        return await asyncio.wait_for(asyncio.shield(self.manager.provisioner._ending), PATIENCE)

    async def restart(self) -> None:
        """Start it anew."""
        await self.manager.restart_kernel(now=True)
        await self.client.wait_for_ready(timeout=PATIENCE)


@pytest.fixture
def start():
    """Start a kernel by the provisioner, as Jupyter does: `async with start(runner) as kernel`."""

    @asynccontextmanager
    async def started(runner, root=None, folder=None, *, cwd=None, **environment):
        manager = AsyncKernelManager()
        manager._kernel_spec = KernelSpec.from_resource_dir(str(SPECS / "wove-sandboxed"))
        told = {"socket": str(runner.socket)}
        if root:
            told |= {"root": str(root), "folder": str(folder)}
        await manager.start_kernel(sandbox=told, cwd=str(cwd or folder or "/"), env=environment)
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=PATIENCE)
            yield Kernel(manager, client)
        finally:
            client.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)

    return started


@pytest.fixture
def project(tmp_path):
    """A folder below a root, with some files that a kernel may see and some that it may not."""
    folder = tmp_path / "root" / "tides"
    (folder / "notes").mkdir(parents=True)
    (folder / "tides.csv").write_text("low,high")
    (folder / ".secret").write_text("hidden")
    (tmp_path / "outside.txt").write_text("outside")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    return folder
