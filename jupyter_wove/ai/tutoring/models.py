"""What a teacher allows models to tell those who learn, and until when."""

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from jupyter_wove.ai.models import Name
from jupyter_wove.kit.events import Event

HintLevel = Literal[0, 1, 2]
LINES: dict[int, int | None] = {0: 0, 1: 3, 2: None}
"""How many lines of code one answer may have, by level."""

GIVES: dict[int, str] = {0: "only asks questions", 1: "gives hints", 2: "helps"}
Routes = Annotated[list[Name], msgspec.Meta(max_length=20)]


class NewTutorPolicy(msgspec.Struct, forbid_unknown_fields=True):
    """What models may tell: level 0 questions and no code, 1 hints, 2 everything.

    It ends at `until`, which has a time zone; `routes` are those that may be asked, all if empty.
    """

    level: HintLevel
    until: Annotated[datetime, msgspec.Meta(tz=True)]
    routes: Routes = []


class TutorPolicy(msgspec.Struct, frozen=True):
    """What a teacher set for a project, and for whatever is remixed from it."""

    level: HintLevel
    until: datetime
    routes: list[str]
    changed: datetime


class Binding(msgspec.Struct, frozen=True):
    """What holds for one person now: the strictest of the policies that concern them.

    `routes` is null where all may be asked.
    """

    level: HintLevel
    until: datetime
    routes: list[str] | None


class Tutored(msgspec.Struct, frozen=True):
    """What was set for a project, for those who may set it, and what holds for who asks."""

    policy: TutorPolicy | None
    binding: Binding | None


class TutorPolicyChanged(Event, frozen=True):
    """A teacher set what models may tell, or lets them tell everything again."""

    project_id: UUID
    by: UUID
    level: int | None
    until: datetime | None


def strictest(found: list[TutorPolicy]) -> Binding | None:
    """Put together what several policies allow; None where there is none."""
    if not found:
        return None
    level = min(each.level for each in found)
    until = max(each.until for each in found if each.level == level)
    return Binding(level, until, _common([each.routes for each in found if each.routes]))


def _common(wanted: list[list[str]]) -> list[str] | None:
    if not wanted:
        return None
    first, *others = wanted
    return [each for each in first if all(each in other for other in others)]


def until_when(binding: Binding) -> str:
    """Say what the tutor does, and until when."""
    at = binding.until.astimezone(UTC)
    day = f"{at.day} {at:%B %Y, %H:%M} UTC"
    return f"The tutor {GIVES[binding.level]} until {day}."
