"""Every query on the past of rooms."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, undefer

from jupyter_wove.collaboration.past.folding import Folded, state_of
from jupyter_wove.collaboration.past.models import Limits
from jupyter_wove.collaboration.past.tables import CheckpointRow, PastRow
from jupyter_wove.kit.columns import new_id
from jupyter_wove.kit.errors import NotFound

NO_MOMENT = "This moment is not kept any more. Choose another one."


class PastStore:
    """The past of rooms, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def begin(self, room: str, epoch: UUID, last: int, at: datetime, state: bytes) -> None:
        """Keep the state from which the past of a history goes on, where none of it is kept."""
        is_begun = select(PastRow.id).where(PastRow.room == room, PastRow.epoch == epoch).limit(1)
        if self.session.scalar(is_begun) is None:
            self._start(room, epoch, last, at, state)

    def add(self, room: str, epoch: UUID, folded: Sequence[Folded]) -> None:
        """Keep stretches that follow what is kept already."""
        for stretch, content in folded:
            row = PastRow(room=room, epoch=epoch, first=stretch.first, last=stretch.last)
            row.began, row.ended = stretch.began, stretch.ended
            row.authors, row.is_start = sorted(stretch.authors), False
            row.content, row.size = content, len(content)
            self.session.add(row)
        self.session.flush()

    def rows(self, room: str) -> Sequence[PastRow]:
        """List what is kept of a room, newest first, without its content."""
        query = select(PastRow).where(PastRow.room == room)
        return self.session.scalars(query.order_by(PastRow.last.desc())).all()

    def state(self, room: str, position: int) -> bytes | None:
        """Tell what a document held after an entry; None where the log has that still.

        Raises NotFound where it is not kept any more.
        """
        query = select(PastRow).where(PastRow.room == room)
        later = query.where(PastRow.last >= position).order_by(PastRow.last).limit(1)
        row = self.session.scalar(later)
        if row is None:
            return None
        if row.is_start and position < row.last:
            raise NotFound(NO_MOMENT)
        upto = query.where(PastRow.epoch == row.epoch, PastRow.last <= row.last)
        found = self.session.scalars(upto.order_by(PastRow.last).options(undefer(PastRow.content)))
        return state_of(each.content for each in found)

    def trim(self, room: str, limits: Limits, at: datetime) -> None:
        """Fold to one state what is older, or further back, than is kept."""
        rows = [each for each in self.rows(room) if not each.is_start]
        before = at - timedelta(days=limits.days)
        sizes = accumulate(each.size for each in rows)
        kept = sum(
            1
            for row, size in zip(rows, sizes, strict=True)
            if row.ended >= before and size <= limits.size
        )
        for epoch in {row.epoch for row in rows[kept:]}:
            last = max(row.last for row in rows[kept:] if row.epoch == epoch)
            self._fold(room, epoch, last, is_over=all(row.epoch != epoch for row in rows[:kept]))

    def overdue(self, limits: Limits, at: datetime) -> Sequence[str]:
        """Name the rooms of which something is older than is kept."""
        before = at - timedelta(days=limits.days)
        query = select(PastRow.room).where(PastRow.ended < before, ~PastRow.is_start)
        return self.session.scalars(query.distinct()).all()

    def checkpoint(self, id_: UUID) -> CheckpointRow:
        """Find a moment that somebody named, or restored from. Raises NotFound."""
        row = self.session.get(CheckpointRow, id_)
        if row is None:
            raise NotFound("There is no such named moment any more.")
        return row

    def checkpoints(self, room: str) -> Sequence[CheckpointRow]:
        """List the moments of a room that people named, newest first."""
        query = select(CheckpointRow).where(CheckpointRow.room == room)
        named = query.where(CheckpointRow.name.is_not(None))
        return self.session.scalars(named.order_by(CheckpointRow.id.desc())).all()

    def count_checkpoints(self, room: str) -> int:
        """Count the moments of a room that people named."""
        query = select(func.count()).select_from(CheckpointRow)
        named = query.where(CheckpointRow.room == room, CheckpointRow.name.is_not(None))
        return self.session.scalar(named) or 0

    def drop_unnamed(self, before: datetime) -> None:
        """Forget what was kept to undo restorations."""
        unnamed = CheckpointRow.name.is_(None)
        self.session.execute(delete(CheckpointRow).where(unnamed, CheckpointRow.at < before))

    def _start(self, room: str, epoch: UUID, last: int, at: datetime, state: bytes) -> None:
        row = PastRow(id=new_id(), room=room, epoch=epoch, first=0, last=last, began=at, ended=at)
        row.authors, row.is_start, row.content, row.size = [], True, state, len(state)
        self.session.add(row)
        self.session.flush()

    def _fold(self, room: str, epoch: UUID, last: int, is_over: bool) -> None:
        """Put one state in the place of all up to an entry; nothing where nothing goes on."""
        state = None if is_over else self.state(room, last)
        ends = select(func.max(PastRow.ended)).where(PastRow.room == room, PastRow.last == last)
        ended = self.session.scalar(ends)
        of_it = (PastRow.room == room, PastRow.epoch == epoch, PastRow.last <= last)
        self.session.execute(delete(PastRow).where(*of_it))
        if state is not None and ended is not None:
            self._start(room, epoch, last, ended, state)
