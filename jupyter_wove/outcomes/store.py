"""Every query on what became of answers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from jupyter_wove.ai import AttemptRow
from jupyter_wove.kit.columns import now
from jupyter_wove.outcomes.models import EditFact, Fact
from jupyter_wove.outcomes.tables import EditRow, RefusalRow, UseRow

MOST = 20_000  # answers that are summed up, the newest
LASTING = timedelta(days=1)
RUN_WITHIN = timedelta(days=7)  # later, nobody waits for it
LOOKED_AT = 200  # cells at once


class OutcomeStore:
    """What became of answers, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    # ------------------------------------------------------------------ look

    def of_prompt(self, prompt_id: UUID, since: datetime) -> list[Fact]:
        """Read what became of the answers of a prompt, the newest first."""
        return self._facts([UseRow.prompt_id == prompt_id, UseRow.at >= since])

    def of_task(self, task: str, since: datetime) -> list[Fact]:
        """Read what became of the answers to a button, the newest first."""
        chosen = [UseRow.task == task, UseRow.prompt_id.is_(None), UseRow.at >= since]
        return self._facts(chosen)

    def of_experiment(self, experiment_id: UUID) -> list[Fact]:
        """Read what became of the answers that were given in an experiment."""
        return self._facts([UseRow.experiment_id == experiment_id])

    def _facts(self, chosen: list[ColumnElement[bool]]) -> list[Fact]:
        wanted = select(UseRow).where(*chosen).order_by(UseRow.at.desc(), UseRow.id.desc())
        uses = self.session.scalars(wanted.limit(MOST)).all()
        ids = select(UseRow.id).where(*chosen)
        edits, spent = self._edits(ids), self._spent(ids)
        return [_fact(use, edits.get(use.id, []), spent.get(use.id, (0, 0, 0))) for use in uses]

    def _edits(self, uses: Any) -> dict[UUID, list[EditFact]]:
        columns = [getattr(EditRow, name) for name in EditFact.__struct_fields__]
        found: dict[UUID, list[EditFact]] = defaultdict(list)
        for use, *values in self.session.execute(
            select(EditRow.use_id, *columns).where(EditRow.use_id.in_(uses)).order_by(EditRow.id)
        ):
            found[use].append(EditFact(*values))
        return found

    def _spent(self, uses: Any) -> dict[UUID, tuple[int, int, int]]:
        """Sum what answers took: tokens, picodollars, and tries without a price."""
        tokens = func.sum(AttemptRow.input + AttemptRow.output)
        unpriced = func.count() - func.count(AttemptRow.cost)
        query = select(AttemptRow.use_id, tokens, func.sum(AttemptRow.cost), unpriced)
        wanted = query.where(AttemptRow.use_id.in_(uses)).group_by(AttemptRow.use_id)
        found: Iterable[Any] = self.session.execute(wanted)
        return {use: (int(taken or 0), int(picos or 0), lost) for use, taken, picos, lost in found}

    # ------------------------------------------------------------------ record

    def use(self, use_id: UUID) -> UseRow | None:
        """Find an answer."""
        return self.session.get(UseRow, use_id)

    def edits_of(self, suggestion_id: UUID) -> Sequence[EditRow]:
        """List the changes that were suggested together, oldest first."""
        query = select(EditRow).where(EditRow.suggestion_id == suggestion_id)
        return self.session.scalars(query.order_by(EditRow.id).with_for_update()).all()

    def taken_in(self, room: str) -> Sequence[EditRow]:
        """List the changes in a document that were taken, and not run since."""
        query = select(EditRow).where(
            EditRow.room == room,
            EditRow.state.in_(("accepted", "edited")),
            EditRow.ran.is_(None),
            EditRow.decided > now() - RUN_WITHIN,
        )
        return self.session.scalars(query.order_by(EditRow.id)).all()

    def due(self, at: datetime) -> Sequence[EditRow]:
        """List the changes that were taken a day ago, and not looked at since."""
        query = select(EditRow).where(
            EditRow.state.in_(("accepted", "edited")),
            EditRow.decided <= at - LASTING,
            EditRow.lasted.is_(None),
        )
        return self.session.scalars(query.order_by(EditRow.decided).limit(LOOKED_AT)).all()

    # ------------------------------------------------------------------ who wants that

    def refuses(self, person_id: UUID) -> bool:
        """Tell whether somebody wants nothing recorded."""
        return self.session.get(RefusalRow, person_id) is not None

    def count(self, person_id: UUID) -> int:
        """Count what is recorded of somebody."""
        query = select(func.count()).where(UseRow.person_id == person_id)
        return self.session.scalar(query) or 0

    def forget(self, person_id: UUID) -> None:
        """Delete what is recorded of somebody; the ledger keeps what it cost."""
        self.session.execute(delete(UseRow).where(UseRow.person_id == person_id))


def _fact(use: UseRow, edits: list[EditFact], spent: tuple[int, int, int]) -> Fact:
    return Fact(use.person_id, use.number, _week(use.at), edits, *spent)


def _week(at: datetime) -> date:
    day = at.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())
