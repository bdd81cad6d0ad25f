"""Every query on what agents remember."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from jupyter_wove.ai.memories.tables import MemoryRow
from jupyter_wove.kit.errors import NotFound

NONE = "This is not remembered any more, or is not shared with you."


class MemoryStore:
    """Memories in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, person_id: UUID | None, project_id: UUID | None) -> Sequence[MemoryRow]:
        """List what is remembered of a person, of a project, or of both, newest first."""
        mine = [MemoryRow.person_id == person_id] if person_id else []
        ours = [MemoryRow.project_id == project_id] if project_id else []
        wanted = select(MemoryRow).where(or_(false(), *mine, *ours))
        return self.session.scalars(wanted.order_by(MemoryRow.id.desc())).all()

    def one(self, memory_id: UUID) -> MemoryRow:
        """Find one, to change it; others who do so wait. Raises NotFound."""
        row = self.session.get(MemoryRow, memory_id, with_for_update=True)
        if row is None:
            raise NotFound(NONE)
        return row
