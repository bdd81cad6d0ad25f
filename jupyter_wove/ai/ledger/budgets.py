"""What may be spent: looked at before anybody is asked, so that no crowd passes it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from jupyter_wove.ai.ledger.models import Outcome
from jupyter_wove.ai.ledger.tables import AttemptRow
from jupyter_wove.ai.models import Budget
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import TooManyRequests

PICOS = Decimal(10) ** 12  # of a dollar


class BudgetSpent(TooManyRequests):
    """What may be spent is spent, or would be."""

    title = "The budget is spent"


def check(
    session: Session, budgets: list[Budget], person_id: UUID, most: int | None, at: datetime
) -> None:
    """Raise BudgetSpent where `most`, in picodollars, does not fit into a budget any more.

    Whoever asks at the same time waits until this transaction has ended.
    """
    for budget in budgets:
        take_turn(session, f"ai-budget-{budget.of}-{budget.every}")
        spent = _spent(session, budget, person_id, at)
        if most is None or spent + most > budget.dollars * PICOS:
            raise _refusal(budget, spent, most, at)


def _spent(session: Session, budget: Budget, person_id: UUID, at: datetime) -> int:
    counted: ColumnElement[int] = case(
        (AttemptRow.outcome == Outcome.RUNNING, AttemptRow.reserved),
        else_=func.coalesce(AttemptRow.cost, 0),
    )
    wanted = select(func.coalesce(func.sum(counted), 0)).where(AttemptRow.at >= _begin(budget, at))
    if budget.of == "person":
        wanted = wanted.where(AttemptRow.person_id == person_id)
    return int(session.scalar(wanted) or 0)


def _begin(budget: Budget, at: datetime) -> datetime:
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day if budget.every == "day" else day.replace(day=1)


def _end(budget: Budget, at: datetime) -> datetime:
    begin = _begin(budget, at)
    if budget.every == "day":
        return begin + timedelta(days=1)
    return (begin + timedelta(days=32)).replace(day=1)


def _refusal(budget: Budget, spent: int, most: int | None, at: datetime) -> BudgetSpent:
    who = "You have" if budget.of == "person" else "All together have"
    end = _end(budget, at)
    sentence = (
        f"{who} spent ${spent / PICOS:.4f} of the ${budget.dollars} of this {budget.every}."
        f" {_lacks(most)} It begins anew on {end:%Y-%m-%d} at 00:00 UTC."
    )
    return BudgetSpent(sentence, retry_after=int((end - at).total_seconds()) + 1)


def _lacks(most: int | None) -> str:
    if most is None:
        return "Nobody knows what this model costs."
    return f"This answer may cost ${most / PICOS:.4f}."
