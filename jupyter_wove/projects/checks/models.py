"""Checks that a version runs, as others see them, and what can happen to one."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.kit.events import Event

CheckState = Literal["running", "clean", "failed", "stopped"]


class BookRun(msgspec.Struct):
    """How the run of one notebook went.

    `cell` is the number of the code cell that failed, from 1; `reason` says why it failed, or why
    it was skipped. A traceback is for those who work on the project.
    """

    path: str
    outcome: Literal["clean", "failed", "skipped"]
    seconds: float
    cell: int | None
    reason: str
    traceback: str


class ProjectCheck(msgspec.Struct):
    """A check that the notebooks of a version run without error.

    It is `clean` where all did, `failed` where one did not, or where what they import could not be
    installed, and `stopped` where nothing was found out: `reason` says why.
    """

    id: UUID
    project_id: UUID
    version: str
    state: CheckState
    job_id: UUID
    books: list[BookRun]
    reason: str
    created: datetime
    by: PersonRef | None
    ended: datetime | None

    @property
    def location(self) -> str:
        """Say where it is looked at again."""
        return f"/wove/api/projects/{self.project_id}/checks"


class CleanRun(msgspec.Struct):
    """The published version of a project ran without error, and when."""

    version: str
    at: datetime


class ProjectChecked(Event, frozen=True):
    """It is known whether the notebooks of a version run without error."""

    project_id: UUID
    version: str
    clean: bool
    by: UUID | None
