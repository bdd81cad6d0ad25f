"""What it cost to evaluate a prompt."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from jupyter_wove.ai.ledger.tables import AttemptRow

PURPOSE = "evaluation"


def spent_on(
    session: Session, person_id: UUID, prompt: str, route: str, since: datetime
) -> int | None:
    """Tell what a person spent on a version that is evaluated with a model, in picodollars.

    `prompt` is how the evaluation named the version. None where the cost of some is not known.
    """
    mine = AttemptRow.person_id == person_id, AttemptRow.purpose == PURPOSE
    named = AttemptRow.prompt == prompt, AttemptRow.route == route, AttemptRow.at >= since
    costs = select(func.coalesce(func.sum(AttemptRow.cost), 0), _unpriced())
    picos, unknown = session.execute(costs.where(*mine, *named)).one()
    return None if unknown else int(picos or 0)


def _unpriced() -> ColumnElement[int]:
    return func.count(case((AttemptRow.cost.is_(None), 1)))
