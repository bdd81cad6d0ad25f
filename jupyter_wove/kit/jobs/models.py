"""A job, as others see it."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from jupyter_wove.kit.errors import Problem
from jupyter_wove.kit.events import Event

State = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class Job(msgspec.Struct):
    """Long work; `total` is 0 while nobody knows how much there is to do.

    `result` is there once it has succeeded, `problem` once it has failed.
    """

    id: UUID
    kind: str
    owner_id: UUID | None
    state: State
    done: int
    total: int
    note: str
    result: dict[str, Any] | None
    problem: Problem | None
    created: datetime
    finished: datetime | None

    @property
    def location(self) -> str:
        """Say where it is looked at again."""
        return f"/wove/api/jobs/{self.id}"


class JobQueued(Event, frozen=True):
    """A job waits for a worker."""

    job_id: UUID
    epoch: int
