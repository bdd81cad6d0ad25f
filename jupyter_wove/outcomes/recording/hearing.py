"""Hears what happens to suggestions and cells, and notes it with the answer they came from.

It may hear the same thing twice, and then notes nothing new.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from jupyter_wove.collaboration import (
    Live,
    SuggestionAccepted,
    SuggestionEvent,
    SuggestionRejected,
    SuggestionUndecided,
    SuggestionWithdrawn,
)
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.units import Unit, Units
from jupyter_wove.outcomes.guarding import Guard
from jupyter_wove.outcomes.store import OutcomeStore
from jupyter_wove.outcomes.tables import EditRow

WAITING = "waiting"
UNTOLD = "untold"  # who decided wants nothing of theirs recorded
Note = Callable[[EditRow, SuggestionEvent], bool]


class Hearing:
    """Notes what became of changes."""

    def __init__(self, units: Units, live: Live) -> None:
        self.units = units
        self.live = live

    def hear(self, event: SuggestionEvent) -> None:
        """Note what was decided."""
        note = NOTES[type(event)]
        with self.units.write() as unit:
            store = OutcomeStore(unit.session)
            edits = store.edits_of(event.suggestion_id)
            changed = [each for each in edits if note(each, event)]
            if store.refuses(event.by):
                for each in changed:
                    each.state = UNTOLD
            concerned = _experiments(unit, changed)
        self._guard(concerned)
        if changed and isinstance(event, SuggestionAccepted):
            self.live.watch(event.room)

    def ran(self, room: str, cells: dict[str, bool]) -> bool:
        """Note which cells of a document ran well; tell whether there are others to wait for."""
        with self.units.write() as unit:
            waiting = OutcomeStore(unit.session).taken_in(room)
            changed = [each for each in waiting if each.cell in cells]
            for each in changed:
                each.ran, each.ran_well = now(), cells[each.cell]
            concerned = _experiments(unit, changed)
        self._guard(concerned)
        return len(changed) < len(waiting)

    def _guard(self, experiments: Iterable[UUID]) -> None:
        """Take out what is surely worse; who dies before is looked at with the next decision."""
        for each in experiments:
            Guard(self.units).look(each)


def _experiments(unit: Unit, changed: Iterable[EditRow]) -> set[UUID]:
    store = OutcomeStore(unit.session)
    uses = (store.use(each) for each in {each.use_id for each in changed})
    return {each.experiment_id for each in uses if each and each.experiment_id}


def _accepted(row: EditRow, event: SuggestionAccepted) -> bool:
    if row.state != WAITING or row.cell not in event.landed:
        return False
    row.landed = event.landed[row.cell]
    row.state = "accepted" if (row.landed or "") == row.wanted else "edited"
    row.is_automatic = event.is_automatic
    row.decision_id, row.decided = event.decision_id, event.at
    return True


def _rejected(row: EditRow, event: SuggestionRejected) -> bool:
    if row.state != WAITING or row.cell not in event.cells:
        return False
    row.state, row.decision_id, row.decided = "rejected", event.decision_id, event.at
    return True


def _withdrawn(row: EditRow, event: SuggestionWithdrawn) -> bool:
    if row.state != WAITING:
        return False
    row.state, row.decided = "withdrawn", event.at
    return True


def _undecided(row: EditRow, event: SuggestionUndecided) -> bool:
    if row.decision_id != event.decision_id:
        return False
    row.state, row.is_automatic = WAITING, False
    row.decision_id = row.decided = row.landed = None
    row.ran = row.ran_well = row.lasted = None
    return True


NOTES: dict[type[SuggestionEvent], Note] = {
    SuggestionAccepted: _accepted,  # type: ignore[dict-item]
    SuggestionRejected: _rejected,  # type: ignore[dict-item]
    SuggestionWithdrawn: _withdrawn,  # type: ignore[dict-item]
    SuggestionUndecided: _undecided,  # type: ignore[dict-item]
}
