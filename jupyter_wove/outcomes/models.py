"""What became of answers, as people see it: of themselves, or of five people and more."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

Days = Literal[30, 90, 365]
Verdict = Literal["better", "worse", "cannot tell yet"]


class Rate(msgspec.Struct, frozen=True):
    """How many of how many, and between what the true share lies (Wilson, 95 %)."""

    count: int
    of: int
    share: float
    low: float
    high: float


class Summary(msgspec.Struct, frozen=True):
    """What became of several answers. What too few people took part in is null.

    `accepted` are those changes that were taken, of all that somebody decided on, and `untouched`
    those that were taken as they were suggested; `ran` are cells that ran without an error when
    they were first run after; `lasted` those that still held the change a day later. `seconds` is
    the median time from the suggestion to its acceptance. Dollars are exact decimals, and
    `unpriced` counts tries of models whose cost nobody knows.
    """

    answers: int
    accepted: Rate | None
    untouched: Rate | None
    ran: Rate | None
    lasted: Rate | None
    seconds: float | None
    tokens: int
    dollars: str
    unpriced: int
    dollars_per_accepted: str | None
    tokens_per_accepted: int | None


class VersionOutcome(msgspec.Struct, frozen=True):
    """What became of the answers of one version; `mine` are those of the person who asks.

    `all` is null unless at least five people used it.
    """

    number: str
    all: Summary | None
    mine: Summary | None


class OutcomeReport(msgspec.Struct, frozen=True):
    """What became of the answers of each version of a prompt, the newest first.

    `people` is how many people there have to be before anything is shown of them.
    """

    days: int
    people: int
    versions: list[VersionOutcome]


class Plot(msgspec.Struct, frozen=True):
    """A plot, as Vega-Lite describes it; `name` says what it shows."""

    name: Literal["acceptance", "runs", "tokens", "cost"]
    title: str
    spec: dict[str, Any]


class VariantResult(msgspec.Struct, frozen=True):
    """How a version does in an experiment, beside the first one.

    `verdict` is about accepted changes, `verdict_on_runs` about cells that ran; `difference` is
    between what that of the shares lies.
    """

    number: str
    is_baseline: bool
    summary: Summary | None
    verdict: Verdict
    difference: tuple[float, float] | None
    verdict_on_runs: Verdict
    difference_in_runs: tuple[float, float] | None


class Choice(msgspec.Struct, frozen=True):
    """Whether what becomes of one's answers is recorded, and how many are."""

    is_recorded: bool
    answers: int


class NewChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether to record from now on; `forget` deletes what there is."""

    is_recorded: bool
    forget: bool = False


class EditFact(msgspec.Struct, frozen=True):
    """What became of one change."""

    state: str
    is_automatic: bool
    proposed: datetime
    decided: datetime | None
    ran_well: bool | None
    lasted: bool | None


class Fact(msgspec.Struct, frozen=True):
    """One answer, with what became of it and what it took."""

    person_id: UUID
    number: str
    week: date
    edits: list[EditFact]
    tokens: int
    picos: int
    unpriced: int
