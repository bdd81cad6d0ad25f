"""How soon kernels in sandboxes are there, stop, and say why they ended.

`python -m benchmarks.kernels`. Kernels without a sandbox are started in the same runs, so that
what the machine has to do beside counts for both. It needs Docker, as DOCKER_HOST names it.
"""

import argparse
import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import httpx
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_wove_kernels import provisioner

from benchmarks.figures import Figure, machine, p95, say, table

SPEC = Path(provisioner.__file__).parent / "kernelspecs" / "wove-sandboxed"
PATIENCE = 120  # seconds
SLEEPS = "import time; print('asleep', flush=True); time.sleep(60)"
FILLS = "import time; print('fills'); time.sleep(0.5)\nkept = bytearray(b'1') * 900_000_000"
TARGETS = {
    "sandboxed: ready": 2.0,
    "sandboxed, pooled: first result": 0.5,
    "sandboxed: interrupted": 1.0,
    "sandboxed: says that memory ran out": 3.0,
}


@contextlib.contextmanager
def runner(folder: Path, pool: int):
    """Have a runner of its own, with so many kernels that wait."""
    socket = folder / "run" / "socket"
    settings = {"name": f"bench-{os.getpid()}-{pool}", "state_dir": str(folder)}
    settings |= {"socket": str(socket), "kernel_pool": pool}
    config = folder / "config.py"
    config.write_text("".join(f"c.WoveRunner.{key} = {val!r}\n" for key, val in settings.items()))
    command = [sys.executable, "-m", "jupyter_wove_runner", "serve", "--config", str(config)]
    process = subprocess.Popen(command)
    try:
        until = time.monotonic() + PATIENCE
        while not socket.is_socket():
            assert process.poll() is None and time.monotonic() < until
            time.sleep(0.1)
        transport = httpx.HTTPTransport(uds=str(socket))
        with httpx.Client(transport=transport, base_url="http://runner", timeout=1800) as client:
            said = client.post("/v1/runs", json={"code": "print('ready')"}).text
            assert '"code":0' in said, said
        yield str(socket)
    finally:
        process.terminate()
        process.wait()


class Kernel:
    """A kernel as a notebook has it, with the moments of its start."""

    def __init__(self, socket: str = "") -> None:
        self.manager = AsyncKernelManager()
        self.told = {"sandbox": {"socket": socket}} if socket else {}
        if socket:
            self.manager._kernel_spec = KernelSpec.from_resource_dir(str(SPEC))

    async def __aenter__(self):
        begun = time.perf_counter()
        await self.manager.start_kernel(**self.told)
        self.client = self.manager.client()
        self.client.start_channels()
        # As JupyterLab does it; jupyter_client's own waiting sleeps 0.2 s when all is there.
        await self._answer(self.client.kernel_info())
        self.ready = time.perf_counter() - begun
        answer = await self._answer(self.client.execute("", user_expressions={"sum": "1 + 1"}))
        assert answer["user_expressions"]["sum"]["data"]["text/plain"] == "2", answer
        self.result = time.perf_counter() - begun
        await self.client.wait_for_ready(timeout=PATIENCE)  # to be told of outputs, too
        return self

    async def _answer(self, asked: str) -> dict:
        while True:
            message = await self.client.get_shell_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == asked:
                return message["content"]

    async def __aexit__(self, *_) -> None:
        self.client.stop_channels()
        await self.manager.shutdown_kernel(now=True)

    async def begun(self, code: str) -> str:
        """Run code, and wait until it says that it runs; return the id of the request."""
        asked = self.client.execute(code, stop_on_error=False)
        await self._heard(asked, "stream")
        return asked

    async def _heard(self, asked: str, kind: str) -> None:
        while True:
            message = await self.client.get_iopub_msg(timeout=PATIENCE)
            parent = message["parent_header"].get("msg_id")
            if (parent, message["msg_type"]) == (asked, kind):
                return

    async def interrupted(self) -> float:
        """Interrupt it, and tell how long it takes until it says so."""
        asked = await self.begun(SLEEPS)
        begun = time.perf_counter()
        await self.manager.interrupt_kernel()
        await self._heard(asked, "error")
        return time.perf_counter() - begun

    async def out_of_memory(self) -> float:
        """Take too much memory, and tell how long it takes until the reason is told."""
        await self.begun(FILLS)
        begun = time.perf_counter()
        ended = await asyncio.wait_for(asyncio.shield(self.manager.provisioner._ending), PATIENCE)
        assert "memory" in ended["reason"], ended
        return time.perf_counter() - begun


async def measure(cold: str, pooled: str, runs: int) -> dict[str, list[float]]:
    """Start kernels of all kinds, one after the other, in each run."""
    seen: dict[str, list[float]] = defaultdict(list)
    async with Kernel(pooled):
        pass  # one is wanted, so the next one will wait
    for number in range(runs):
        say(f"run {number + 1} of {runs}")
        async with Kernel() as local:
            seen["not sandboxed: ready"].append(local.ready)
            seen["not sandboxed: first result"].append(local.result)
            seen["not sandboxed: interrupted"].append(await local.interrupted())
        async with Kernel(cold) as kernel:
            seen["sandboxed: ready"].append(kernel.ready)
            seen["sandboxed: first result"].append(kernel.result)
            seen["sandboxed: interrupted"].append(await kernel.interrupted())
            seen["sandboxed: says that memory ran out"].append(await kernel.out_of_memory())
        await asyncio.sleep(8)  # until another waits
        async with Kernel(pooled) as kernel:
            seen["sandboxed, pooled: ready"].append(kernel.ready)
            seen["sandboxed, pooled: first result"].append(kernel.result)
    return seen


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    runs = parser.parse_args().runs
    with (
        tempfile.TemporaryDirectory(prefix="wove-") as one,
        tempfile.TemporaryDirectory(prefix="wove-") as other,
        runner(Path(one), 0) as cold,
        runner(Path(other), 1) as pooled,
    ):
        seen = asyncio.run(measure(cold, pooled, runs))
    print(machine(), "\n")
    figures = [Figure(name, found, TARGETS.get(name), "s") for name, found in seen.items()]
    print(table(figures), "\n")
    for name, found in seen.items():
        target = TARGETS.get(name)
        verdict = "" if target is None else f", at most {target:g} s: "
        verdict += "" if target is None else "ok" if p95(found) <= target else "MISSED"
        print(f"p95 of {len(found)} runs, {name}: {p95(found):.2f} s{verdict}")


if __name__ == "__main__":
    main()
