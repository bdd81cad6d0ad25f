"""What somebody has spent, grouped as they like."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from jupyter_wove.accounts import AccountStore, Action, Actor
from jupyter_wove.ai.ledger import PICOS, Caller, concerning, end_of, spent_of
from jupyter_wove.ai.models import Budget
from jupyter_wove.ai.spending.models import BudgetLeft, GroupBy, Spent, UsageGroup, UsageReport
from jupyter_wove.ai.spending.store import SpendingStore, Sums
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.kit.units import Unit
from jupyter_wove.projects import ProjectStore

MOST_DAYS = 366
DAY = timedelta(days=1)


class Spending:
    """What models have cost, and what is left of the budgets."""

    def __init__(self, unit: Unit, budgets: list[Budget]) -> None:
        self.unit = unit
        self.budgets = budgets

    def usage(
        self,
        actor: Actor,
        group_by: GroupBy = "day",
        since: date | None = None,
        until: date | None = None,
        project: UUID | None = None,
    ) -> UsageReport:
        """Tell what one has spent: in this month unless days are named, for one project or all."""
        if project is not None:
            ProjectStore(self.unit.session).allowed(actor, project, Action.READ_WORK)
        return self._usage(actor, group_by, since, until, project, of=actor.id)

    def of_everybody(
        self,
        actor: Actor,
        group_by: GroupBy = "person",
        since: date | None = None,
        until: date | None = None,
    ) -> UsageReport:
        """Tell what all have spent: in this month unless days are named; for administrators."""
        return self._usage(actor, group_by, since, until, None, of=None)

    def _usage(
        self,
        actor: Actor,
        group_by: GroupBy,
        since: date | None,
        until: date | None,
        project: UUID | None,
        *,
        of: UUID | None,
    ) -> UsageReport:
        since, until = _days(since, until)
        store = SpendingStore(self.unit.session, _begin(since), _begin(until + DAY), of)
        if project is not None:
            store.only(project)
        found = store.groups(group_by)
        names = self._names(actor, group_by, [key for key, _ in found])
        groups = [
            UsageGroup(_written(key), names.get(key, _written(key)), _spent(sums))
            for key, sums in found
        ]
        budgets = self._left(Caller(actor.id, project)) if of else self._left_to_all()
        return UsageReport(since, until, _spent(store.total()), groups, budgets)

    def _names(self, actor: Actor, by: GroupBy, keys: list[Any]) -> dict[Any, str]:
        """Name people and projects, of which only those that one sees."""
        ids = [key for key in keys if isinstance(key, UUID)]
        if by == "person":
            people = AccountStore(self.unit.session).people(ids)
            return {key: row.handle for key, row in people.items()}
        if by == "project":
            seen = ProjectStore(self.unit.session).seen(actor, ids)
            return {key: row.title for key, row in seen.items()}
        return {}

    def _left(self, caller: Caller) -> list[BudgetLeft]:
        at = now()
        return [
            _budget(each, spent_of(self.unit.session, each, caller, at), at)
            for each in concerning(self.unit.session, self.budgets, caller)
        ]

    def _left_to_all(self) -> list[BudgetLeft]:
        """Tell of those that several people spend, wherever they do."""
        at, nobody = now(), Caller(UUID(int=0), None)
        return [
            _budget(each, spent_of(self.unit.session, each, nobody, at), at)
            for each in self.budgets
            if each.of in {"everybody", "course"}
        ]


def _budget(budget: Budget, spent: int, at: datetime) -> BudgetLeft:
    most = int(budget.dollars * PICOS)
    return BudgetLeft(
        of=budget.of,
        projects=budget.projects,
        every=budget.every,
        dollars=dollars(most),
        spent=dollars(spent),
        left=dollars(max(0, most - spent)),
        begins_anew=end_of(budget, at),
    )


def _days(since: date | None, until: date | None) -> tuple[date, date]:
    today = now().astimezone(UTC).date()
    last = until or max(today, since or today)
    first = since or last.replace(day=1)
    if not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
        raise InvalidRequest(f"Name days in their order, and {MOST_DAYS} at most.")
    if last == date.max:
        raise InvalidRequest("There is no day after that one.")
    return first, last


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _spent(sums: Sums) -> Spent:
    tries, asked, answered, read, written, reasoning, picos, unpriced = sums
    return Spent(tries, asked, answered, read, written, reasoning, dollars(picos), unpriced)


def dollars(picos: int) -> str:
    """Write an exact amount without an exponent and without needless zeros."""
    whole, rest = divmod(picos, int(PICOS))
    decimals = f"{rest:012}".rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)


def _written(key: Any) -> str:
    return "" if key is None else str(key)
