"""Finds the version that somebody means, which may be that of their share of an experiment."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from jupyter_wove.prompts.experiments.buckets import bucket
from jupyter_wove.prompts.experiments.models import Variation
from jupyter_wove.prompts.experiments.store import ExperimentStore
from jupyter_wove.prompts.experiments.tables import ExperimentRow
from jupyter_wove.prompts.store import PromptStore, number_of_row
from jupyter_wove.prompts.tables import PromptVersionRow


class Assigned(NamedTuple):
    """A version, and the experiment that chose it; None where none did."""

    version: PromptVersionRow
    variation: Variation | None


class Assignments:
    """Versions for people, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.experiments = ExperimentStore(session)
        self.prompts = PromptStore(session)

    def find(self, person_id: UUID, prompt_id: UUID, which: str) -> Assigned:
        """Find what `which` means for somebody. Raises NotFound."""
        row = self.experiments.running(prompt_id, which)
        chosen = self._of_share(row, person_id) if row else None
        if row is None or chosen is None:
            return Assigned(self.prompts.find(prompt_id, which), None)
        return Assigned(chosen, Variation(row.id, str(number_of_row(chosen))))

    def _of_share(self, row: ExperimentRow, person_id: UUID) -> PromptVersionRow | None:
        variants = self.experiments.variants(row.id)
        weights = {each.position: 0 if each.stopped else each.weight for each in variants}
        if not any(weights.values()):
            return None
        share = bucket(row.id, person_id, weights)
        (variant,) = (each for each in variants if each.position == share)
        return self.prompts.version(variant.version_id)
