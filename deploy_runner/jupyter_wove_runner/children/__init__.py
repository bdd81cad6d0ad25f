"""Work of the runner on files of others, in a process with limits that ends when nobody waits.

Such a process reads and writes files, and runs none of them. It is told through its input what to
do, so that it can be started, and import what it needs, while something else goes on.
"""

import asyncio
import json
import os
import resource
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from jupyter_wove.kit.errors import BadRequest, WoveError
from jupyter_wove_runner.children.saying import Say

MEMORY = 2 * 1024**3  # bytes of address space
SECONDS = 300  # of a processor, and on the clock
KEPT = ("PATH", "PYTHONPATH", "LANG")
FAILED = 3
Do = Callable[..., Awaitable[None]]


@asynccontextmanager
async def child(module: str, say: Say) -> AsyncIterator[Do]:
    """Have a process that will do the work of one of our modules; call it with its arguments.

    It says what it does. Calling it raises BadRequest where it fails.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE, start_new_session=True,
        env={name: os.environ[name] for name in KEPT if name in os.environ},
    )  # fmt: skip

    async def do(*arguments: str) -> None:
        try:
            async with asyncio.timeout(SECONDS):
                await _done(process, arguments, say)
        except TimeoutError as error:
            raise BadRequest(f"Making the pages took more than {SECONDS} seconds.") from error

    try:
        yield do
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _done(process: asyncio.subprocess.Process, arguments: tuple[str, ...], say: Say) -> None:
    assert process.stdin and process.stdout and process.stderr  # noqa: S101  piped above
    with suppress(BrokenPipeError, ConnectionResetError):  # it ended: its last words say why
        process.stdin.write(json.dumps(arguments).encode() + b"\n")
        await process.stdin.drain()
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


def main(work: Callable[..., None]) -> None:
    """Do the work of such a process, when it is told to, within its limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        work(_printed, *json.loads(sys.stdin.readline()))
    except WoveError as error:
        print(error, file=sys.stderr)  # noqa: T201  its parent reads it
        sys.exit(FAILED)


def _printed(text: Any) -> None:
    print(text, flush=True)  # noqa: T201  its parent reads it
