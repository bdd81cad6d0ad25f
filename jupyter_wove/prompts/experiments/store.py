"""Every query on experiments."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.prompts.experiments.tables import ExperimentRow, StepRow, VariantRow
from jupyter_wove.prompts.store import PromptStore, number_of_row

RUNNING = "running"


class ExperimentStore:
    """Experiments in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.prompts = PromptStore(session)

    def get(self, prompt_id: UUID, experiment_id: UUID) -> ExperimentRow:
        """Find an experiment on a prompt. Raises NotFound."""
        row = self.session.get(ExperimentRow, experiment_id)
        if row is None or row.prompt_id != prompt_id:
            raise NotFound("There is no such experiment on this prompt.")
        return row

    def of_prompt(self, prompt_id: UUID) -> Sequence[ExperimentRow]:
        """List the experiments on a prompt, newest first."""
        query = select(ExperimentRow).where(ExperimentRow.prompt_id == prompt_id)
        return self.session.scalars(query.order_by(ExperimentRow.id.desc())).all()

    def running(self, prompt_id: UUID, label: str) -> ExperimentRow | None:
        """Find what runs on a label now."""
        query = select(ExperimentRow).where(
            ExperimentRow.prompt_id == prompt_id,
            ExperimentRow.label == label,
            ExperimentRow.state == RUNNING,
        )
        return self.session.scalar(query.limit(1))

    def variants(self, experiment_id: UUID) -> Sequence[VariantRow]:
        """List the versions of an experiment, the one that others are compared with first."""
        query = select(VariantRow).where(VariantRow.experiment_id == experiment_id)
        return self.session.scalars(query.order_by(VariantRow.position)).all()

    def number(self, row: VariantRow) -> str:
        """Tell the number of a variant's version."""
        version = self.prompts.version(row.version_id)
        return str(number_of_row(version)) if version else ""

    def steps(self, experiment_id: UUID) -> Sequence[StepRow]:
        """List what was done with an experiment, oldest first."""
        query = select(StepRow).where(StepRow.experiment_id == experiment_id)
        return self.session.scalars(query.order_by(StepRow.id)).all()

    def note(self, experiment_id: UUID, person_id: UUID | None, what: str, detail: str) -> None:
        """Write down what somebody did."""
        row = StepRow(id=new_id(), experiment_id=experiment_id, person_id=person_id)
        row.what, row.detail, row.at = what, detail[:500], now()
        self.session.add(row)
        self.session.flush()
