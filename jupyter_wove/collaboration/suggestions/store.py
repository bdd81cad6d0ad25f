"""Every query on suggestions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jupyter_wove.collaboration.suggestions.tables import DecisionRow, SuggestionRow
from jupyter_wove.kit.errors import NotFound


class SuggestionStore:
    """What is kept of suggestions, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, suggestion_id: UUID) -> SuggestionRow:
        """Find a suggestion; others who change it wait. Raises NotFound."""
        row = self.session.get(SuggestionRow, suggestion_id, with_for_update=True)
        if row is None:
            raise NotFound("There is no such suggestion, or it is not shared with you.")
        return row

    def look(self, suggestion_id: UUID) -> SuggestionRow | None:
        """Find a suggestion, to read."""
        return self.session.get(SuggestionRow, suggestion_id)

    def open_in(self, room: str) -> Sequence[SuggestionRow]:
        """List the open suggestions for a document, oldest first."""
        query = select(SuggestionRow).where(SuggestionRow.room == room, SuggestionRow.is_open)
        return self.session.scalars(query.order_by(SuggestionRow.id)).all()

    def closed_before(self, moment: datetime) -> Sequence[SuggestionRow]:
        """List the suggestions that were closed before a moment."""
        query = select(SuggestionRow).where(~SuggestionRow.is_open, SuggestionRow.heard < moment)
        return self.session.scalars(query).all()

    def delete(self, rows: Sequence[SuggestionRow]) -> None:
        """Forget suggestions, with what was decided on them."""
        ids = [row.id for row in rows]
        self.session.execute(delete(DecisionRow).where(DecisionRow.suggestion_id.in_(ids)))
        self.session.execute(delete(SuggestionRow).where(SuggestionRow.id.in_(ids)))

    def decision(self, suggestion_id: UUID, decision_id: UUID) -> DecisionRow:
        """Find a decision. Raises NotFound."""
        row = self.session.get(DecisionRow, decision_id)
        if row is None or row.suggestion_id != suggestion_id:
            raise NotFound("There is no such decision, or it was undone already.")
        return row
