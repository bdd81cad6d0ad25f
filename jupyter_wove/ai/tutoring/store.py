"""Every query on what teachers allow."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from jupyter_wove.accounts import Role
from jupyter_wove.ai.tutoring.models import TutorPolicy
from jupyter_wove.ai.tutoring.tables import TutorPolicyRow
from jupyter_wove.projects import ProjectStore


class TutorStore:
    """Policies in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.projects = ProjectStore(session)

    def of(self, project_id: UUID) -> TutorPolicyRow | None:
        """Find what was set for a project, over or not."""
        return self.session.get(TutorPolicyRow, project_id)

    def holding(
        self, person_id: UUID, project_ids: Iterable[UUID], at: datetime
    ) -> list[TutorPolicy]:
        """List what holds for somebody in some projects: theirs, and those they come from.

        Who may edit the project for which it was set is not bound by it.
        """
        family = self._with_origins(project_ids)
        found = self.session.scalars(
            select(TutorPolicyRow)
            .where(TutorPolicyRow.project_id.in_(family), TutorPolicyRow.until > at)
            .order_by(TutorPolicyRow.project_id)
        )
        role = self.projects.role
        return [policy_of(row) for row in found if role(person_id, row.project_id) < Role.EDITOR]

    def _with_origins(self, project_ids: Iterable[UUID]) -> set[UUID]:
        family, newest = set[UUID](), set(project_ids)
        while newest:
            family |= newest
            origins = self.projects.origins(newest).values()
            newest = {row.origin_id for row in origins} - family
        return family


def policy_of(row: TutorPolicyRow) -> TutorPolicy:
    """Show what was set."""
    return TutorPolicy(row.level, row.until, list(row.routes), row.changed)  # type: ignore[arg-type]
