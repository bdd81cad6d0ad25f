"""The queries on trust."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from jupyter_wove.projects.tables import OriginRow
from jupyter_wove.projects.trust.tables import ArchivedRow, TrustRow


class TrustStore:
    """Trust in projects, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def came(self, project_id: UUID) -> Literal["remix", "archive"] | None:
        """Tell how a project came from elsewhere."""
        if self.session.get(OriginRow, project_id):
            return "remix"
        return "archive" if self.session.get(ArchivedRow, project_id) else None

    def came_in_archive(self, project_id: UUID, at: datetime) -> None:
        """Note that a project came in an archive."""
        self.session.add(ArchivedRow(project_id=project_id, at=at))

    def of(self, person_id: UUID, project_id: UUID) -> TrustRow | None:
        """Find somebody's trust in a project."""
        return self.session.get(TrustRow, (person_id, project_id))

    def trust(self, person_id: UUID, project_id: UUID, at: datetime, *, once: bool) -> None:
        """Note that somebody trusts a project."""
        row = self.of(person_id, project_id)
        if row is None:
            row = TrustRow(person_id=person_id, project_id=project_id)
            self.session.add(row)
        row.once, row.at = once, at

    def distrust(self, person_id: UUID, project_id: UUID) -> None:
        """Note that somebody trusts a project no longer."""
        if row := self.of(person_id, project_id):
            self.session.delete(row)
