"""Every query on the work of agents."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from jupyter_wove.ai.agents.tables import ApprovalRow, RunRow
from jupyter_wove.kit.errors import NotFound

NONE = "There is no such question, or it is not shared with you."
MOST = 100  # approvals that are listed


class RunStore:
    """What is kept of runs, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def run(self, run_id: UUID) -> RunRow:
        """Find a run; others who change it wait."""
        return self.session.get_one(RunRow, run_id, with_for_update=True)

    def take(self, run_id: UUID, moment: datetime) -> bool:
        """Have a run that waits go on; False where it does not wait, or another server took it."""
        taking = update(RunRow).where(RunRow.id == run_id, RunRow.state == "waiting")
        taken = taking.values(state="running", changed=moment).returning(RunRow.id)
        return bool(self.session.execute(taken).all())

    def end(self, run_id: UUID, moment: datetime) -> None:
        """End a run that is at work; nobody is asked any more."""
        row = self.run(run_id)
        if row.state == "running":
            row.state, row.content, row.changed = "ended", b"", moment
            for each in self.asked_by(run_id):
                if each.state == "waiting":
                    each.state, each.decided, each.is_heard = "withdrawn", moment, True

    def approval(self, approval_id: UUID) -> ApprovalRow:
        """Find what a run asked for; others who change it wait. Raises NotFound."""
        row = self.session.get(ApprovalRow, approval_id, with_for_update=True)
        if row is None:
            raise NotFound(NONE)
        return row

    def look(self, approval_id: UUID) -> tuple[ApprovalRow, RunRow]:
        """Find what a run asked for, to read. Raises NotFound."""
        row = self.session.get(ApprovalRow, approval_id)
        if row is None:
            raise NotFound(NONE)
        return row, self.session.get_one(RunRow, row.run_id)

    def asked_by(self, run_id: UUID) -> Sequence[ApprovalRow]:
        """List all that a run asked for, oldest first."""
        query = select(ApprovalRow).where(ApprovalRow.run_id == run_id)
        return self.session.scalars(query.order_by(ApprovalRow.id)).all()

    def waiting(self) -> Sequence[tuple[ApprovalRow, RunRow]]:
        """List what waits for somebody, newest first."""
        query = select(ApprovalRow, RunRow).join(RunRow, RunRow.id == ApprovalRow.run_id)
        query = query.where(ApprovalRow.state == "waiting").order_by(ApprovalRow.id.desc())
        return self.session.execute(query.limit(MOST)).all()

    def to_go_on(self, chat: str) -> Sequence[UUID]:
        """List the runs of a chat that somebody answered, and that have not heard of it."""
        query = select(RunRow.id).join(ApprovalRow, ApprovalRow.run_id == RunRow.id)
        query = query.where(RunRow.chat == chat, RunRow.state == "waiting")
        unheard = query.where(ApprovalRow.decided.is_not(None), ~ApprovalRow.is_heard)
        return self.session.scalars(unheard.distinct()).all()

    def waiting_in(self, chat: str, tool: str) -> Sequence[ApprovalRow]:
        """List what runs of a chat ask for with a tool, and have not heard of yet."""
        query = select(ApprovalRow).join(RunRow, RunRow.id == ApprovalRow.run_id)
        query = query.where(RunRow.chat == chat, RunRow.state == "waiting")
        mine = query.where(ApprovalRow.tool == tool, ~ApprovalRow.is_heard)
        return self.session.scalars(mine.order_by(ApprovalRow.id)).all()

    def lost(self, moment: datetime) -> Sequence[UUID]:
        """List the runs that have been at work since before a moment."""
        query = select(RunRow.id).where(RunRow.state == "running", RunRow.changed < moment)
        return self.session.scalars(query).all()

    def delete_before(self, moment: datetime) -> None:
        """Forget runs that nothing has changed since."""
        self.session.execute(delete(RunRow).where(RunRow.changed < moment))
