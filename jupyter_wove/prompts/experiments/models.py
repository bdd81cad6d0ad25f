"""Experiments, as their editors see them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.kit.events import Event
from jupyter_wove.prompts.labels.models import Label
from jupyter_wove.prompts.models import NumberText, Which

Weight = Annotated[int, msgspec.Meta(ge=0, le=1000)]
ExperimentState = Literal["running", "stopped", "promoted", "rolled back"]
Step = Literal["begun", "weighed", "stopped", "excluded", "promoted", "rolled back"]


class Variation(msgspec.Struct, frozen=True):
    """The experiment that chose a version for somebody, and which one it chose."""

    experiment: UUID
    variant: str


class Variant(msgspec.Struct, frozen=True):
    """A version in an experiment, and its share; the first one is what others are compared with.

    `stopped` says why nobody gets it any more, and is empty where people do.
    """

    number: str
    weight: int
    stopped: str


class Experiment(msgspec.Struct):
    """An experiment; whoever asks for the label gets the version of their share.

    `before` is what the label meant before a version was promoted, null where there was none.
    """

    id: UUID
    label: str
    state: ExperimentState
    variants: list[Variant]
    begun: datetime
    ended: datetime | None
    promoted: str | None
    before: str | None


class NewVariant(msgspec.Struct, forbid_unknown_fields=True):
    """A version to try, and its share beside those of the others."""

    version: Which
    weight: Weight = 1


class NewExperiment(msgspec.Struct, forbid_unknown_fields=True):
    """An experiment to begin, on a label or on `latest`."""

    variants: Annotated[list[NewVariant], msgspec.Meta(min_length=2, max_length=10)]
    label: Label = "production"


class NewWeights(msgspec.Struct, forbid_unknown_fields=True):
    """Other shares, by the numbers of the versions; those that are not named stay."""

    weights: Annotated[dict[NumberText, Weight], msgspec.Meta(min_length=1, max_length=10)]


class Promotion(msgspec.Struct, forbid_unknown_fields=True):
    """The version that everybody is to get."""

    version: NumberText


class ExperimentStep(msgspec.Struct, frozen=True):
    """That something was done; `by` is null where Wove did it, or who did it is gone."""

    what: Step
    detail: str
    by: PersonRef | None
    at: datetime


class ExperimentChanged(Event, frozen=True):
    """Somebody began, changed or ended an experiment; or Wove took a version out of one."""

    prompt_id: UUID
    experiment_id: UUID
    what: Step
    by: UUID | None
