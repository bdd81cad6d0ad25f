"""What is asked of and told about evaluations."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.prompts.models import NumberText, Which

MOST_ROWS = 500
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=86_400)]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


class NewEvaluation(msgspec.Struct, forbid_unknown_fields=True):
    """Which versions are to be asked with, which models, on how many rows, and who grades.

    `data` is the SHA-256 of the rows, by which the same data are known again; they stay where
    they are. `notebook` is where it runs.
    """

    versions: Annotated[list[Which], msgspec.Meta(min_length=1, max_length=6)]
    models: Annotated[list[Name], msgspec.Meta(min_length=1, max_length=6)]
    rows: Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)]
    graders: Annotated[list[Name], msgspec.Meta(min_length=1, max_length=8)]
    data: Digest
    notebook: Annotated[str, msgspec.Meta(max_length=1024)] = ""


class Result(msgspec.Struct, forbid_unknown_fields=True):
    """What came of a version with a model, row by row.

    A score is from 0 to 1, and null where there was no answer, or nobody could grade it.
    """

    version: NumberText
    model: Name
    scores: Annotated[list[Share | None], msgspec.Meta(min_length=1, max_length=MOST_ROWS)]
    seconds: Annotated[list[Seconds | None], msgspec.Meta(max_length=MOST_ROWS)]


class Results(msgspec.Struct, forbid_unknown_fields=True):
    """What came of all of it; some may be missing where somebody stopped it."""

    results: Annotated[list[Result], msgspec.Meta(min_length=1, max_length=36)]


class Score(msgspec.Struct):
    """How a version does with a model: the mean of the scores, and between what it lies (95 %).

    `missing` counts the rows without a score. `dollars` is what all of it cost, the graders' own
    questions included; null where nobody knows. `median` and `p95` are seconds.
    """

    version: str
    model: str
    graded: int
    missing: int
    mean: float | None
    low: float | None
    high: float | None
    dollars: str | None
    median: float | None
    p95: float | None


class Contrast(msgspec.Struct):
    """How much better than another one a version does with a model, on the same rows (95 %)."""

    version: str
    base: str
    model: str
    rows: int
    difference: float
    low: float | None
    high: float | None


class Evaluation(msgspec.Struct):
    """An evaluation; without scores as long as it runs, or if it never ended."""

    id: UUID
    by: PersonRef | None
    begun: datetime
    ended: datetime | None
    versions: list[str]
    models: list[str]
    rows: int
    graders: list[str]
    data: str
    notebook: str
    scores: list[Score]
    contrasts: list[Contrast]


class LabelRule(msgspec.Struct, forbid_unknown_fields=True):
    """What a version needs before a label can mean it: at least this mean, with every model."""

    least: Share
