"""The job that has the notebooks of a version run, and keeps what was found of each."""

import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid5

import msgspec
from sqlalchemy.orm import Session

from jupyter_wove.deploy.checking.models import CheckArguments
from jupyter_wove.deploy.hosting import Hosting
from jupyter_wove.deploy.recipes import detect
from jupyter_wove.deploy.sources import VersionFiles
from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.kit.jobs import JobRun, Kind
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import (
    CheckRow,
    CheckStore,
    ProjectChecked,
    ProjectRow,
    Workspaces,
    tarred,
)
from jupyter_wove.runner import BookRan, BuildOrder, Checked, Failed, Line, Message, Stage

SOON = 0.4  # seconds between two words about how far it is
STAGES = {
    "scanning": "Looking for malware",
    "locking": "Choosing exact versions of what is installed",
    "installing": "Installing",
    "executing": "Running the notebooks",
}


def check_kind(units: Units, workspaces: Workspaces, hosting: Hosting) -> Kind:
    """Say who carries checks out."""
    return Kind(CheckArguments, Trying(units, workspaces, hosting).run, ended=ended)


class Trying:
    """Carries checks out; the runner does the work."""

    def __init__(self, units: Units, workspaces: Workspaces, hosting: Hosting) -> None:
        self.units = units
        self.workspaces = workspaces
        self.hosting = hosting

    def run(self, run: JobRun, arguments: CheckArguments) -> None:
        """Run the notebooks of a version, and keep what was found."""
        with self.units.read() as unit:
            row = CheckStore(unit.session).get(arguments.check_id)
            project = unit.session.get_one(ProjectRow, row.project_id)
        if row.ended is None:
            books, end = self._followed(run, row, self._messages(run, row, project))
            self._keep(run, row, books, end)

    def _messages(
        self, run: JobRun, row: CheckRow, project: ProjectRow
    ) -> Iterator[Message | None]:
        """Send the files of the version, and have its notebooks run."""
        repository = self.workspaces.repository(project)
        plan = detect(VersionFiles(repository, row.version), "executed")
        build = uuid5(row.id, str(run.attempt))  # the files of an earlier one may be left
        run.progress(0, 0, "Sending the files")
        pieces = _while_wanted(run, tarred(repository, row.version))
        self.hosting.runner.send(f"/v1/builds/{build}/source", pieces)
        order = BuildOrder(build, project.id, project.owner_id, plan)
        with closing(self.hosting.runner.follow("/v1/checks", order)) as messages:
            yield from messages

    def _followed(
        self, run: JobRun, row: CheckRow, messages: Iterator[Message | None]
    ) -> tuple[list[BookRan], Message]:
        """Hear of each notebook, and how it ended. Raises Cancelled, Unavailable."""
        books: list[BookRan] = []
        note, told = "", time.monotonic()
        for message in messages:
            run.check()
            if isinstance(message, (Checked, Failed)):
                return books, message
            if isinstance(message, BookRan):
                books.append(message)
            note = _note(message) or note
            if time.monotonic() - told > SOON or isinstance(message, Stage):
                told = time.monotonic()
                run.progress(len(books), 0, note)
        raise Unavailable("The runner stopped before it was done. Try again.")

    def _keep(self, run: JobRun, row: CheckRow, books: list[BookRan], end: Message) -> None:
        reason = f"{end.reason} {end.hint}".strip() if isinstance(end, Failed) else ""
        clean = not reason and all(each.outcome != "failed" for each in books)
        found = [_kept(book) for book in books]
        with run.unit() as unit:
            store = CheckStore(unit.session)
            if store.end(row.id, "clean" if clean else "failed", found, reason):
                unit.emit(ProjectChecked(row.project_id, row.version, clean, by=row.created_by))


def ended(
    session: Session, arguments: CheckArguments, state: str, problem: dict[str, Any] | None
) -> None:
    """End the check of a job that ended before it could say how."""
    reason = str(problem["detail"]) if problem else "It was cancelled."
    CheckStore(session).end(arguments.check_id, "stopped", reason=reason)


def _note(message: Message | None) -> str:
    if isinstance(message, Stage):
        return STAGES.get(message.name, "")
    return message.text if isinstance(message, Line) else ""


def _kept(book: BookRan) -> dict[str, Any]:
    """Keep what was said of a notebook, without the characters that databases refuse."""
    told: dict[str, Any] = msgspec.to_builtins(book)
    told.pop("type", None)
    return {name: _clean(value) for name, value in told.items()}


def _clean(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value


def _while_wanted(run: JobRun, pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        run.check()
        yield piece
