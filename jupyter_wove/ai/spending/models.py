"""What was spent, as people see it: dollars are exact decimals, written as text."""

from datetime import date, datetime
from typing import Literal

import msgspec

GroupBy = Literal["person", "project", "model", "purpose", "day"]


class Spent(msgspec.Struct, frozen=True):
    """Tries of models, their tokens, and what they cost.

    `unpriced` counts the tries whose cost nobody knows, which is not in `dollars`.
    """

    tries: int
    input: int
    output: int
    read: int
    written: int
    reasoning: int
    dollars: str
    unpriced: int


class UsageGroup(msgspec.Struct, frozen=True):
    """What belongs together: `key` says by what, and `name` the same for people."""

    key: str
    name: str
    spent: Spent


class BudgetLeft(msgspec.Struct, frozen=True):
    """A budget, what is spent or reserved of it, and what is left until it begins anew.

    `projects` are those of a course.
    """

    of: Literal["person", "project", "course", "everybody"]
    projects: list[str]
    every: Literal["day", "month"]
    dollars: str
    spent: str
    left: str
    begins_anew: datetime


class UsageReport(msgspec.Struct, frozen=True):
    """What was spent in some days (of UTC, the first and the last included)."""

    since: date
    until: date
    total: Spent
    groups: list[UsageGroup]
    budgets: list[BudgetLeft]
