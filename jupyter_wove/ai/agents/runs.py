"""Runs of agents, from message to end, over any number of questions and servers."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from jupyter_wove.ai.agents.models import Asked, Outcome, Question, Whose
from jupyter_wove.ai.agents.store import RunStore
from jupyter_wove.ai.agents.tables import ApprovalRow, RunRow
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.units import Units

KEPT = timedelta(days=30)
LONGEST = timedelta(hours=1)  # twice as long as a run may work
LONGEST_TITLE = 500
NOTHING_SAID = "The person does not want that. Do not try it again in another way; ask them."


class Going(msgspec.Struct, frozen=True):
    """A run that goes on: what it was about, how far it came, and what people answered."""

    person_id: UUID
    about: dict[str, Any]
    state: bytes
    answers: dict[str, Any]


class Runs:
    """What agents do, so that a server which ends loses nothing that waits for somebody."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def wait(self, run_id: UUID, whose: Whose, outcome: Outcome) -> list[Question]:
        """Keep a run that has to wait for somebody; return what people are asked."""
        row = RunRow(id=run_id, chat=whose.chat, person_id=whose.person_id, path=whose.path)
        row.about, row.state, row.content = whose.about, "waiting", outcome.state
        row.created = row.changed = now()
        asked = [_approval(run_id, each) for each in outcome.asked]
        with self.units.write() as unit:
            unit.session.add(row)
            unit.session.flush()
            unit.session.add_all(asked)
        return [Question(each.id, each.title) for each in asked]

    def leave(self, run_id: UUID, outcome: Outcome) -> list[Question]:
        """Write down how far a run came that went on; return what people are asked besides."""
        with self.units.write() as unit:
            store = RunStore(unit.session)
            row = store.run(run_id)
            known = {each.interrupt for each in store.asked_by(run_id)}
            fresh = (each for each in outcome.asked if each.interrupt not in known)
            asked = [_approval(run_id, each) for each in fresh]
            row.state = "waiting" if outcome.asked else "done"
            row.content, row.changed = outcome.state, now()
            unit.session.add_all(asked)
        return [Question(each.id, each.title) for each in asked]

    def close(self, run_id: UUID) -> None:
        """End a run that was stopped, or failed; nobody is asked any more."""
        with self.units.write() as unit:
            RunStore(unit.session).end(run_id, now())

    def about(self, run_id: UUID) -> dict[str, Any]:
        """Read what a run is about."""
        with self.units.read() as unit:
            return unit.session.get_one(RunRow, run_id).about

    def take(self, run_id: UUID) -> Going | None:
        """Go on with a run that was answered; None where there is nothing to do here."""
        with self.units.write() as unit:
            store = RunStore(unit.session)
            unheard = [row for row in store.asked_by(run_id) if row.decided and not row.is_heard]
            if not unheard or not store.take(run_id, now()):
                return None
            for each in unheard:
                each.is_heard = True
            row = store.run(run_id)
            answers = {each.interrupt: _answer(each) for each in unheard}
            return Going(row.person_id, row.about, row.content, answers)

    def to_go_on(self, chat: str) -> Sequence[UUID]:
        """List the runs of a chat that were answered while no server had it open."""
        with self.units.read() as unit:
            return RunStore(unit.session).to_go_on(chat)

    def asked_before(self, chat: str, tool: str, arguments: dict[str, Any]) -> UUID | None:
        """Find the run that waits already for an answer to just this."""
        with self.units.read() as unit:
            found = RunStore(unit.session).waiting_in(chat, tool)
        same = (each.run_id for each in found if each.arguments == arguments)
        return next(same, None)

    def forget_old(self) -> None:
        """Forget what ended long ago, or what nobody answered for as long.

        A run that is at work for longer than one may be was lost with its server: it ends, so
        that nobody is asked in vain.
        """
        with self.units.write() as unit:
            store = RunStore(unit.session)
            for run_id in store.lost(now() - LONGEST):
                store.end(run_id, now())
            store.delete_before(now() - KEPT)


def _approval(run_id: UUID, asked: Asked) -> ApprovalRow:
    row = ApprovalRow(id=new_id(), run_id=run_id, interrupt=asked.interrupt, tool=asked.tool)
    row.title, row.shown = asked.title[:LONGEST_TITLE], asked.shown
    row.arguments = asked.arguments
    row.risk, row.state, row.note = asked.risk, "waiting", ""
    row.created, row.is_heard = now(), False
    return row


def _answer(row: ApprovalRow) -> dict[str, Any]:
    if row.state == "approved":
        return {"type": "approve", "shown": row.shown}
    return {"type": "reject", "message": row.note or NOTHING_SAID}
