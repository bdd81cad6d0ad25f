"""An attempt to have a model answer, and who wanted it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from jupyter_wove.ai.models import Deployment, Need
from jupyter_wove.ai.providers import Failure, Usage
from jupyter_wove.ai.tokens import estimate
from jupyter_wove.kit.columns import new_id, now


class Caller(msgspec.Struct, frozen=True):
    """Who asks, and on whose account."""

    person_id: UUID
    project_id: UUID | None = None
    purpose: str = ""  # what it is for: chat, completion, an agent's name
    may_pay: bool = True  # what costs money may be asked
    use_id: UUID | None = None  # of the prompt that it answers, where that is recorded
    prompt: str = ""  # the version of a prompt that is used, as owner/name@version


class Outcome(StrEnum):
    """How an attempt ended."""

    RUNNING = "running"
    ANSWERED = "answered"
    FAILED = "failed"
    CANCELLED = "cancelled"  # whoever asked went away
    LOST = "lost"  # the server died meanwhile


@dataclass
class Entry:
    """One attempt, as it is written down."""

    caller: Caller
    route: str
    deployment: Deployment
    number: int
    need: Need
    id: UUID = field(default_factory=new_id)
    at: datetime = field(default_factory=now)
    outcome: Outcome = Outcome.RUNNING
    usage: Usage = field(default_factory=Usage)
    is_estimated: bool = True
    first: float | None = None  # seconds
    took: float = 0.0
    problem: dict[str, Any] | None = None

    @property
    def most(self) -> Usage:
        """Tokens that it may take, at most; what a cache may add to the price is in it."""
        output = 0 if self.need.embeds else self.need.output or self.deployment.most_output
        return Usage(input=self.need.tokens, written=self.need.tokens, output=output)

    def failed(self, failure: Failure) -> None:
        """Note why there is no answer, or not all of one."""
        self.problem = {"kind": failure.kind.value, "status": failure.status}

    def ended(
        self, how: Outcome, usage: Usage | None, text: str, first: float | None, took: float
    ) -> None:
        """Note what it took; estimated, where the provider did not say."""
        self.outcome, self.first, self.took = how, first, took
        self.is_estimated = usage is None
        self.usage = usage or Usage(input=self._spent_on_asking, output=estimate(text))

    @property
    def _spent_on_asking(self) -> int:
        """Tokens of the request, unless it was turned away."""
        was_refused = self.problem is not None and self.problem["status"] not in {None, 200}
        return 0 if was_refused else self.need.tokens
