"""Every query on checks."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.projects.checks.models import CheckState, CleanRun
from jupyter_wove.projects.checks.tables import CheckRow
from jupyter_wove.projects.tables import ProjectRow

KEPT = 20  # checks of a project
KNOWN = ("clean", "failed")


class CheckStore:
    """Checks in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, row: CheckRow) -> None:
        """Store a check, and let go of the oldest ones of its project."""
        kept = select(CheckRow.id).where(CheckRow.project_id == row.project_id)
        kept = kept.order_by(CheckRow.created.desc()).limit(KEPT - 1)
        ended = CheckRow.project_id == row.project_id, CheckRow.ended.is_not(None)
        ids = list(self.session.scalars(kept))
        self.session.execute(delete(CheckRow).where(*ended, CheckRow.id.not_in(ids)))
        self.session.add(row)

    def get(self, check_id: UUID) -> CheckRow:
        """Find a check, whoever asks. Raises NotFound."""
        row = self.session.get(CheckRow, check_id)
        if row is None:
            raise NotFound("There is no such check any more.")
        return row

    def of_project(self, project_id: UUID, version: str | None = None) -> list[CheckRow]:
        """List the checks of a project, or of one version of it, the newest first."""
        found = select(CheckRow).where(CheckRow.project_id == project_id)
        found = found.where(CheckRow.version == version) if version else found
        return list(self.session.scalars(found.order_by(CheckRow.created.desc())))

    def running(self, project_id: UUID) -> list[CheckRow]:
        """List the checks of a project that have not ended."""
        return [row for row in self.of_project(project_id) if row.ended is None]

    def end(
        self, check_id: UUID, state: CheckState, books: Sequence[object] = (), reason: str = ""
    ) -> bool:
        """Say how a check ended; False where that is known already."""
        values = {"state": state, "books": list(books), "reason": reason[:2000], "ended": now()}
        open_ = CheckRow.id == check_id, CheckRow.ended.is_(None)
        done = self.session.execute(
            update(CheckRow).where(*open_).values(**values).returning(CheckRow.id)
        )
        return done.first() is not None

    def verified(self, project_ids: Iterable[UUID]) -> dict[UUID, CleanRun]:
        """Tell of which projects the published version ran without error when tried last."""
        return {
            row.project_id: CleanRun(row.version, row.ended)
            for row in self.published(project_ids).values()
            if row.state == "clean" and row.ended
        }

    def published(self, project_ids: Iterable[UUID]) -> dict[UUID, CheckRow]:
        """Find the last check of the published version of each of several projects."""
        rows = self.session.scalars(
            select(CheckRow)
            .join(ProjectRow, ProjectRow.id == CheckRow.project_id)
            .where(
                CheckRow.project_id.in_(set(project_ids)),
                CheckRow.version == ProjectRow.published_version,
                CheckRow.state.in_(KNOWN),
            )
            .order_by(CheckRow.ended)
        )
        return {row.project_id: row for row in rows}
