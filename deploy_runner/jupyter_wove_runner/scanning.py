"""Malware in what people want built, found by the scanner that an administrator has set."""

from collections.abc import Sequence
from pathlib import Path

from jupyter_wove.kit.errors import InvalidRequest, Unavailable
from jupyter_wove_runner.programs import Ran, ran

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
        scanned = await self._scanned(folder)
        if scanned.status == INFECTED:
            raise InvalidRequest(f"This is not built: {_found(scanned.printed, folder)}.")
        if scanned.status != CLEAN:
            raise Unavailable("The files could not be scanned for malware, so nothing is built.")

    async def _scanned(self, folder: Path) -> Ran:
        try:
            return await ran([*self._command, str(folder)], seconds=self._seconds)
        except TimeoutError as error:
            raise Unavailable("Scanning the files for malware took too long.") from error
        except OSError as error:
            raise Unavailable(
                f"The malware scanner can't be started: {error.strerror}."
            ) from error


def _found(printed: str, folder: Path) -> str:
    """Say in which file what was found."""
    for line in printed.splitlines():
        if line.endswith(FOUND):
            path, _, name = line.removesuffix(FOUND).rpartition(": ")
            shown = path.removeprefix(f"{folder}/")
            return f"{shown} looks like malware, {name}"
    return "there is malware in it"
