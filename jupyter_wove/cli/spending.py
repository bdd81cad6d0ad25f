"""`jupyter wove ai usage`: what models have cost."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from jupyter_wove.ai import Spending, Spent, UsageReport
from jupyter_wove.cli.session import opened

DAY = "%Y-%m-%d"
Day = Annotated[datetime | None, typer.Option(formats=[DAY], help="A day of UTC.")]


class By(StrEnum):
    """What belongs together."""

    PERSON = "person"
    PROJECT = "project"
    MODEL = "model"
    PURPOSE = "purpose"
    DAY = "day"


def usage(
    context: typer.Context,
    by: Annotated[By, typer.Option(help="What belongs together.")] = By.DAY,
    since: Day = None,
    until: Day = None,
    everybody: Annotated[bool, typer.Option(help="All people, and not you alone.")] = False,
) -> None:
    """Tell what models have cost: in this month unless days are named."""
    with opened(context) as session:
        ask = Spending.of_everybody if everybody else Spending.usage
        found = session.ask(ask, by.value, since and since.date(), until and until.date())
        session.show(found, "\n".join(_lines(found)))


def _lines(found: UsageReport) -> Iterator[str]:
    yield f"From {found.since} to {found.until}: {_line(found.total)}"
    for group in found.groups:
        yield f"  {group.name or '-'}: {_line(group.spent)}"
    for budget in found.budgets:
        yield f"${budget.left} of ${budget.dollars} are left of this {budget.every} ({budget.of})."


def _line(spent: Spent) -> str:
    tokens = f"{spent.input:,} tokens in, {spent.output:,} out"
    unpriced = f", and {spent.unpriced:,} tries of unknown cost" if spent.unpriced else ""
    return f"${spent.dollars}{unpriced} ({spent.tries:,} tries, {tokens})"
