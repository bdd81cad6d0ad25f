"""Programs of this machine that the runner starts: asked, heard, and never left behind."""

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress

import msgspec

PIPE, NULL = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL


class Ran(msgspec.Struct, frozen=True):
    """How a program ended, and what it printed."""

    status: int
    printed: str
    complained: str

    @property
    def well(self) -> bool:
        """Tell whether it did what it should."""
        return self.status == 0


async def ran(
    command: Sequence[str],
    *,
    seconds: float | None = None,
    environment: Mapping[str, str] | None = None,
) -> Ran:
    """Run a program to its end. Raises OSError where it is not there, TimeoutError when late."""
    added = dict(os.environ) | dict(environment or {})
    process = await asyncio.create_subprocess_exec(
        *command, stdin=NULL, stdout=PIPE, stderr=PIPE, env=added, start_new_session=True
    )
    try:
        async with asyncio.timeout(seconds):
            printed, complained = await process.communicate()
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # and what it started itself
            await process.wait()
    return Ran(process.returncode or 0, _text(printed), _text(complained))


def _text(said: bytes) -> str:
    return said.decode(errors="replace").strip()
