"""What was said in chats, in short."""

from datetime import timedelta

import msgspec
from sqlalchemy import delete

from jupyter_wove.ai.summaries.tables import SummaryRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.units import Units

KEPT = timedelta(days=180)


class Summary(msgspec.Struct, frozen=True):
    """The messages of a chat until the one of this id, in short."""

    until: str
    text: str


class Summaries:
    """The summaries of all chats of this database."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def of(self, chat: str) -> Summary | None:
        """Read what was said before in a chat; None where all of it can still be told."""
        with self.units.read() as unit:
            row = unit.session.get(SummaryRow, chat)
            return Summary(row.until, row.content) if row else None

    def keep(self, chat: str, until: str, text: str, after: str = "") -> None:
        """Keep what was said in a chat until a message, in the place of the summary until `after`.

        It is dropped where that is not the one there: somebody was quicker, or had it forgotten.
        """
        with self.units.write() as unit:
            before = unit.session.get(SummaryRow, chat, with_for_update=True)
            if (before.until if before else "") == after:
                unit.session.merge(SummaryRow(chat=chat, until=until, content=text, at=now()))

    def forget(self, chat: str) -> None:
        """Forget what was said in a chat."""
        with self.units.write() as unit:
            unit.session.execute(delete(SummaryRow).where(SummaryRow.chat == chat))

    def forget_old(self) -> None:
        """Forget those of chats in which nobody has talked for long."""
        with self.units.write() as unit:
            unit.session.execute(delete(SummaryRow).where(SummaryRow.at < now() - KEPT))
