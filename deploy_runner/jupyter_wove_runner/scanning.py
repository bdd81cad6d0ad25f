"""Malware in what people want built, found by the scanner that an administrator has set."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from jupyter_wove.kit.errors import InvalidRequest, Unavailable

CLEAN, INFECTED = 0, 1  # how clamscan and clamdscan end
FOUND = " FOUND"


class Scanner:
    """Looks through files; where it cannot, nothing goes on."""

    def __init__(self, command: Sequence[str], seconds: float) -> None:
        self._command = list(command)
        self._seconds = seconds

    async def scan(self, folder: Path) -> None:
        """Look through a folder. Raises InvalidRequest for malware, Unavailable for failures."""
        if not self._command:
            return
        status, printed = await self._ran(folder)
        if status == INFECTED:
            raise InvalidRequest(f"This is not built: {_found(printed, folder)}.")
        if status != CLEAN:
            raise Unavailable("The files could not be scanned for malware, so nothing is built.")

    async def _ran(self, folder: Path) -> tuple[int, str]:
        pipe, null = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, str(folder), stdin=null, stdout=pipe, stderr=null
            )
        except OSError as error:
            raise Unavailable(
                f"The malware scanner can't be started: {error.strerror}."
            ) from error
        try:
            async with asyncio.timeout(self._seconds):
                printed, _ = await process.communicate()
        except TimeoutError as error:
            raise Unavailable("Scanning the files for malware took too long.") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return process.returncode or 0, printed.decode(errors="replace")


def _found(printed: str, folder: Path) -> str:
    """Say in which file what was found."""
    for line in printed.splitlines():
        if line.endswith(FOUND):
            path, _, name = line.removesuffix(FOUND).rpartition(": ")
            shown = path.removeprefix(f"{folder}/")
            return f"{shown} looks like malware, {name}"
    return "there is malware in it"
