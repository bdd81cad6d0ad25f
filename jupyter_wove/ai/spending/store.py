"""The sums of the ledger."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from jupyter_wove.ai.ledger import AttemptRow
from jupyter_wove.ai.spending.models import GroupBy

MOST_GROUPS = 366  # the dearest; days of a leap year
COUNTED = ("input", "output", "read", "written", "reasoning")
COLUMNS: dict[GroupBy, Any] = {
    "person": AttemptRow.person_id,
    "project": AttemptRow.project_id,
    "model": AttemptRow.model,
    "purpose": AttemptRow.purpose,
}
Sums = tuple[int, ...]  # tries, each of COUNTED, picodollars, tries without a price


class SpendingStore:
    """The ledger in one transaction: of one person or of everybody, between two moments."""

    def __init__(
        self, session: Session, since: datetime, until: datetime, person_id: UUID | None
    ) -> None:
        self.session = session
        self._wanted = [AttemptRow.at >= since, AttemptRow.at < until]
        if person_id is not None:
            self._wanted.append(AttemptRow.person_id == person_id)

    def only(self, project_id: UUID) -> None:
        """Look at what was asked for one project."""
        self._wanted.append(AttemptRow.project_id == project_id)

    def total(self) -> Sums:
        """Sum all."""
        (row,) = self.session.execute(self._sums())
        return _whole(row)

    def groups(self, by: GroupBy) -> list[tuple[Any, Sums]]:
        """Sum what belongs together: days in their order, all else the dearest first."""
        column = self._day() if by == "day" else COLUMNS[by]
        order = column if by == "day" else func.coalesce(func.sum(AttemptRow.cost), 0).desc()
        wanted = self._sums(column).group_by(column).order_by(order, column).limit(MOST_GROUPS)
        return [(row[0], _whole(row[1:])) for row in self.session.execute(wanted)]

    def _sums(self, *columns: Any) -> Select[Any]:
        sums = [func.sum(getattr(AttemptRow, name)) for name in COUNTED]
        priced = func.count(AttemptRow.cost)
        counts = [func.count(), *sums, func.sum(AttemptRow.cost), func.count() - priced]
        return select(*columns, *counts).select_from(AttemptRow).where(*self._wanted)

    def _day(self) -> ColumnElement[str]:
        if self.session.get_bind().dialect.name == "sqlite":
            return func.strftime("%Y-%m-%d", AttemptRow.at)
        return func.to_char(func.timezone("UTC", AttemptRow.at), "YYYY-MM-DD")


def _whole(row: Any) -> Sums:
    return tuple(int(each or 0) for each in row)
