"""Looks again, a day after a change was taken, whether the cell still holds it."""

from typing import Any
from uuid import UUID

from pycrdt import Array, Doc

from jupyter_wove.collaboration import Live
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import NotFound, Unavailable
from jupyter_wove.kit.units import Units
from jupyter_wove.outcomes.recording.lines import holds
from jupyter_wove.outcomes.store import OutcomeStore
from jupyter_wove.outcomes.tables import EditRow

Cells = dict[str, str]


def look_again(units: Units, live: Live) -> None:
    """Note which changes are still there; one of a file that is gone is not."""
    with units.read() as unit:
        due = list(OutcomeStore(unit.session).due(now()))
    found: dict[UUID, bool] = {}
    for room in {each.room for each in due}:
        try:
            cells = live.read(room, _cells)
        except NotFound:
            cells = {}
        except Unavailable:
            return  # no documents are edited on this server; another one looks
        found |= {each.id: _held(each, cells) for each in due if each.room == room}
    with units.write() as unit:
        for edit_id, lasted in found.items():
            if row := unit.session.get(EditRow, edit_id):
                row.lasted = lasted


def _held(row: EditRow, cells: Cells) -> bool:
    return holds(cells.get(row.cell), row.wanted, row.lines, row.landed)


def _cells(doc: "Doc[Any]") -> Cells:
    cells: Array[Any] = doc.get("cells", type=Array)
    return {str(each.get("id")): str(each.get("source")) for each in cells}
