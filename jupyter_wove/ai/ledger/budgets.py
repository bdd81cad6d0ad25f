"""What may be spent: looked at before anybody is asked, so that no crowd passes it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from jupyter_wove.ai.ledger.courses import projects_of
from jupyter_wove.ai.ledger.models import Caller, Outcome
from jupyter_wove.ai.ledger.tables import AttemptRow
from jupyter_wove.ai.models import Budget
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import TooManyRequests

PICOS = Decimal(10) ** 12  # of a dollar
WHO = {
    "person": "You have",
    "project": "This project has",
    "course": "This course has",
    "everybody": "All together have",
}


class BudgetSpent(TooManyRequests):
    """What may be spent is spent, or would be."""

    title = "The budget is spent"


def check(
    session: Session, budgets: list[Budget], caller: Caller, most: int | None, at: datetime
) -> None:
    """Raise BudgetSpent where `most`, in picodollars, does not fit into a budget any more.

    Whoever asks at the same time on the same budget waits until this transaction has ended.
    """
    for budget in concerning(session, budgets, caller):
        take_turn(session, f"ai-budget-{budget.of}-{_whose(budget, caller) or budget.every}")
        spent = spent_of(session, budget, caller, at)
        if most is None or spent + most > budget.dollars * PICOS:
            raise _refusal(budget, spent, most, at)


def concerning(session: Session, budgets: list[Budget], caller: Caller) -> list[Budget]:
    """List the budgets that somebody spends: those of projects and courses only within them."""
    return [each for each in budgets if _concerns(session, each, caller)]


def _concerns(session: Session, budget: Budget, caller: Caller) -> bool:
    if budget.of == "course":
        return caller.project_id in projects_of(session, budget.projects)
    return budget.of != "project" or caller.project_id is not None


def spent_of(session: Session, budget: Budget, caller: Caller, at: datetime) -> int:
    """Tell what is spent of a budget, with what is reserved, in picodollars."""
    counted: ColumnElement[int] = case(
        (AttemptRow.outcome == Outcome.RUNNING, AttemptRow.reserved),
        else_=func.coalesce(AttemptRow.cost, 0),
    )
    wanted = select(func.coalesce(func.sum(counted), 0)).where(AttemptRow.at >= begin(budget, at))
    if budget.of == "person":
        wanted = wanted.where(AttemptRow.person_id == caller.person_id)
    elif budget.of == "project":
        wanted = wanted.where(AttemptRow.project_id == caller.project_id)
    elif budget.of == "course":
        mine = projects_of(session, budget.projects)
        wanted = wanted.where(AttemptRow.project_id.in_(mine))
    return int(session.scalar(wanted) or 0)


def _whose(budget: Budget, caller: Caller) -> UUID | str | None:
    course = " ".join(budget.projects)
    whose = {"person": caller.person_id, "project": caller.project_id, "course": course}
    return whose.get(budget.of)


def begin(budget: Budget, at: datetime) -> datetime:
    """Tell when the day or month of a budget began."""
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day if budget.every == "day" else day.replace(day=1)


def end_of(budget: Budget, at: datetime) -> datetime:
    """Tell when it begins anew."""
    began = begin(budget, at)
    if budget.every == "day":
        return began + timedelta(days=1)
    return (began + timedelta(days=32)).replace(day=1)


def _refusal(budget: Budget, spent: int, most: int | None, at: datetime) -> BudgetSpent:
    who = WHO[budget.of]
    end = end_of(budget, at)
    sentence = (
        f"{who} spent ${spent / PICOS:.4f} of the ${budget.dollars} of this {budget.every}."
        f" {_lacks(most)} It begins anew on {end:%Y-%m-%d} at 00:00 UTC."
    )
    return BudgetSpent(sentence, retry_after=int((end - at).total_seconds()) + 1)


def _lacks(most: int | None) -> str:
    if most is None:
        return "Nobody knows what this model costs."
    return f"This answer may cost ${most / PICOS:.4f}."
