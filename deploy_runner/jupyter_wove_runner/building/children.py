"""Work of the runner on files of others, in a process with limits that ends when nobody waits.

Such a process reads and writes files, and runs none of them.
"""

import asyncio
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from jupyter_wove.kit.errors import BadRequest, WoveError
from jupyter_wove_runner.building.saying import Say

MEMORY = 2 * 1024**3  # bytes of address space
SECONDS = 300  # of a processor, and on the clock

KEPT = ("PATH", "PYTHONPATH", "LANG")
FAILED = 3


async def child(module: str, *arguments: str, say: Say) -> None:
    """Run the `main` of one of our modules; hear what it says. Raises BadRequest if it fails."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE, start_new_session=True,
        env={name: os.environ[name] for name in KEPT if name in os.environ},
    )  # fmt: skip
    try:
        async with asyncio.timeout(SECONDS):
            await _heard(process, say)
    except TimeoutError as error:
        raise BadRequest(f"Making the pages took more than {SECONDS} seconds.") from error
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _heard(process: asyncio.subprocess.Process, say: Say) -> None:
    assert process.stdout is not None and process.stderr is not None  # noqa: S101  piped above
    reading = asyncio.create_task(process.stderr.read())
    async for line in process.stdout:
        say(line.decode(errors="replace").rstrip())
    told = (await reading).decode(errors="replace").strip()
    if code := await process.wait():
        raise BadRequest(_last(told) if code == FAILED else _broken(code, told))


def _last(told: str) -> str:
    return told.splitlines()[-1] if told else "It failed without a word."


def _broken(code: int, told: str) -> str:
    if "MemoryError" in told or code < 0:
        return "The files need more memory or time to be made into pages than there is."
    return f"The pages could not be made: {_last(told)[:300]}"


def main(work: Callable[..., None], arguments: list[str]) -> None:
    """Do the work of such a process within its limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        work(_printed, *arguments)
    except WoveError as error:
        print(error, file=sys.stderr)  # noqa: T201  its parent reads it
        sys.exit(FAILED)


def _printed(text: Any) -> None:
    print(text, flush=True)  # noqa: T201  its parent reads it
