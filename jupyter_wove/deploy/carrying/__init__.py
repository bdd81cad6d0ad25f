"""The log and the state of one deployment, as the job that carries it out writes them."""

import time
from collections.abc import Sequence
from uuid import UUID

from jupyter_wove.deploy.models import UNFINISHED
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.tables import DeploymentLineRow, DeploymentRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Cancelled
from jupyter_wove.kit.jobs import JobRun
from jupyter_wove.runner import Failed, Line, Stage

MOST_LINES, MOST_CHARACTERS = 20_000, 2_000_000
LONGEST_LINE = 4_000  # characters
LONGEST_TRACEBACK = 20_000
SOON = 0.4  # seconds
FULL = "The log is full: what comes now is not kept."
STAGES = {
    "scanning": "Looking for malware",
    "locking": "Choosing exact versions of what is installed",
    "installing": "Installing",
    "building": "Building",
    "executing": "Running the notebooks",
    "starting": "Starting",
    "checking": "Checking that it answers",
}


class Record:
    """What a deployment has come to; kept only as long as the job is still ours."""

    def __init__(self, run: JobRun, row: DeploymentRow, length: tuple[int, int]) -> None:
        self.deployment_id: UUID = row.id
        self._run = run
        self._lines, self._characters = length
        self._waiting: list[DeploymentLineRow] = []
        self._kept = time.monotonic()

    def enter(self, stage: Stage) -> None:
        """Say that another part of the work has begun. Raises Cancelled where it has ended."""
        self.keep()
        with self._run.unit() as unit:
            self.demand(AppStore(unit.session).advance(self.deployment_id, UNFINISHED, stage.name))
        self._run.progress(0, 0, STAGES[stage.name])

    def demand(self, advanced: bool) -> None:
        """Raise Cancelled where the deployment has ended otherwise."""
        if not advanced:
            raise Cancelled("This deployment has ended.")

    def say(self, text: str) -> None:
        """Explain what is done."""
        self.add(Line("wove", text))

    def add(self, line: Line) -> None:
        """Take a line; those of a moment are kept together."""
        text = line.text.replace("\0", "")[:LONGEST_LINE]
        if self._is_full():
            return
        self._characters += len(text)
        self._append(line.stream, text)
        if self._is_full():
            self._append("wove", FULL)

    def tend(self) -> None:
        """Keep what waits for long enough, and stop where the job should. Raises Cancelled."""
        if time.monotonic() - self._kept > SOON:
            self.keep()
        self._run.check()

    def keep(self) -> None:
        """Keep the lines that wait."""
        lines, self._waiting = self._waiting, []
        self._kept = time.monotonic()
        if lines:
            with self._run.unit() as unit:
                unit.session.add_all(lines)

    def _append(self, stream: str, text: str) -> None:
        self._lines += 1
        at = now()
        self._waiting.append(
            DeploymentLineRow(
                deployment_id=self.deployment_id, n=self._lines, at=at, stream=stream, text=text
            )
        )

    def _is_full(self) -> bool:
        return self._lines >= MOST_LINES - 1 or self._characters >= MOST_CHARACTERS


def failure(failed: Failed) -> dict[str, object]:
    """Say what went wrong in the columns of a deployment."""
    return {
        "reason": _clean(failed.reason, 2000),
        "hint": _clean(failed.hint, 2000),
        "path": _clean(failed.path, 4096),
        "cell": failed.cell,
        "traceback": _clean(failed.traceback[-LONGEST_TRACEBACK:], LONGEST_TRACEBACK),
        "refused": _hosts(failed.refused),
    }


def _hosts(refused: Sequence[str]) -> list[str]:
    return [_clean(host, 253) for host in refused[:100]]


def _clean(text: str, longest: int) -> str:
    return text.replace("\0", "")[:longest]
