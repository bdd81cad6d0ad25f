"""Every query on evaluations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jupyter_wove.kit.errors import NotFound
from jupyter_wove.prompts.evaluations.tables import EvaluationRow, LabelRuleRow


class EvaluationStore:
    """Evaluations of prompts, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def count(self, prompt_id: UUID) -> int:
        """Count those of a prompt."""
        counting = select(func.count()).where(EvaluationRow.prompt_id == prompt_id)
        return self.session.scalar(counting.select_from(EvaluationRow)) or 0

    def one(self, prompt_id: UUID, evaluation_id: UUID) -> EvaluationRow:
        """Find one, to change it; others who do so wait. Raises NotFound."""
        row = self.session.get(EvaluationRow, evaluation_id, with_for_update=True)
        if row is None or row.prompt_id != prompt_id:
            raise NotFound("There is no such evaluation of this prompt.")
        return row

    def ended(self, prompt_id: UUID) -> Sequence[EvaluationRow]:
        """List those that came to their end, newest first."""
        wanted = select(EvaluationRow).where(EvaluationRow.prompt_id == prompt_id)
        wanted = wanted.where(EvaluationRow.ended.is_not(None))
        return self.session.scalars(wanted.order_by(EvaluationRow.id.desc())).all()

    def rule(self, prompt_id: UUID, label: str) -> LabelRuleRow | None:
        """Find what a label needs."""
        return self.session.get(LabelRuleRow, (prompt_id, label))
