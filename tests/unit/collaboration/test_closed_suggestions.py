"""What was suggested is forgotten a week after it was closed, and not before."""

from datetime import timedelta

import pytest
from pycrdt import Doc, Text

from jupyter_wove.collaboration.suggestions.tables import DecisionRow, SuggestionRow
from jupyter_wove.kit.columns import new_id, now


@pytest.mark.parametrize(
    ("is_open", "days", "stays"), [(False, 8, False), (False, 6, True), (True, 8, True)]
)
def test_only_what_was_closed_long_ago_is_forgotten(wove, ann, is_open, days, stays):
    row = SuggestionRow(id=new_id(), room="text:file:1", author_id=ann.id, note="", revision="")
    row.created = row.heard = now() - timedelta(days=days)
    row.is_open, row.base = is_open, b"{}"
    made = DecisionRow(id=new_id(), suggestion_id=row.id, person_id=ann.id, at=row.created)
    made.is_accepted, made.back = True, b"{}"
    room = f"wove:suggestion:1:{row.id}"
    wove.rooms.keep(room, None, [Doc({"source": Text("Tides")}).get_update()])
    with wove.units.write() as unit:
        unit.session.add(row)
        unit.session.flush()
        unit.session.add(made)
    wove.tidy()
    with wove.units.read() as unit:
        assert (unit.session.get(SuggestionRow, row.id) is not None) == stays
        assert (unit.session.get(DecisionRow, made.id) is not None) == stays
    assert (wove.rooms.history(room) is not None) == stays
