"""A runner in a process of its own, which can be killed."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.runner.serving.runner import DOCKER, Engine, running
from tests.services import _die_with_us

ROOT = Path(__file__).parents[3]


def started(folder, name):
    """Run a runner of this name in a folder; return its process, and its port for visitors."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.runner.serving.process", str(folder), name],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{os.environ.get('PYTHONPATH', '')}"},
        preexec_fn=_die_with_us,  # noqa: PLW1509  nothing of it takes a lock
    )
    return process, int(process.stdout.readline())


def kill(process):
    """End a runner without a word."""
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


async def main(folder, name):
    async with Engine(DOCKER, name) as engine, running(Path(folder), engine) as runner:
        sys.stdout.write(f"{runner.port}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
