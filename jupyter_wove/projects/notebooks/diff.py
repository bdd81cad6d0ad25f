"""Compare two notebooks cell by cell."""

import json
from collections import deque
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from jupyter_wove.projects.notebooks.lines import Effort, Line, diff_lines, fold
from jupyter_wove.projects.notebooks.matching import match
from jupyter_wove.projects.notebooks.order import rising
from jupyter_wove.projects.notebooks.read import (
    Cell,
    CellType,
    Notebook,
    mime_types,
    output_text,
)

SHOWN_OUTPUT = 2000  # characters
PASSING = {"trusted", "execution"}  # metadata that is no work of the author's

ChangeKind = Literal["added", "removed", "changed", "moved", "same"]


class Outputs(msgspec.Struct, frozen=True):
    """The outputs of a cell in short: how many, of which mime types, the beginning as text."""

    count: int
    mime_types: list[str]
    text: str
    truncated: bool


class CellChange(msgspec.Struct, frozen=True):
    """What became of a cell. It is "moved" if nothing else changed; `moved` also tells of others.

    Indices count from 0; `old_index` is None for an added, `new_index` for a removed cell.
    """

    kind: ChangeKind
    moved: bool
    cell_type: CellType
    old_cell_type: CellType | None
    old_index: int | None
    new_index: int | None
    source: list[Line]
    outputs_changed: bool
    old_outputs: Outputs | None
    new_outputs: Outputs | None
    metadata_changed: bool


class NotebookDiff(msgspec.Struct, frozen=True):
    """All cells of both versions, in the order of the new one."""

    cells: list[CellChange]
    metadata_changed: bool


def diff_notebooks(old: Notebook, new: Notebook, folded: bool = True) -> NotebookDiff:
    """Compare two notebooks; long runs of kept lines are counted unless `folded` is False."""
    changes = [_shown(change) if folded else change for change in _changes(old, new)]
    return NotebookDiff(changes, _differ(_lasting(old.metadata), _lasting(new.metadata)))


def _shown(change: CellChange) -> CellChange:
    return msgspec.structs.replace(change, source=fold(change.source))


def _changes(old: Notebook, new: Notebook) -> Iterator[CellChange]:
    effort = Effort()
    pairs = match(old.cells, new.cells)
    paired = sorted(pairs)
    steady = {paired[place] for place in rising([pairs[new_index] for new_index in paired])}
    taken = set(pairs.values())
    removed = deque(place for place in range(len(old.cells)) if place not in taken)
    for index in range(len(new.cells)):
        while index in steady and removed and removed[0] < pairs[index]:
            yield _removed(old.cells, removed.popleft())
        if index in pairs:
            yield _kept(old.cells, pairs[index], new.cells, index, index not in steady, effort)
        else:
            yield _added(new.cells, index)
    for index in removed:
        yield _removed(old.cells, index)


def _kept(
    old: list[Cell], old_index: int, new: list[Cell], new_index: int, moved: bool, effort: Effort
) -> CellChange:
    before, after = old[old_index], new[new_index]
    outputs = _differ(_results(before), _results(after))
    metadata = _differ(_noted(before), _noted(after))
    changed = before.source != after.source or before.type != after.type or outputs or metadata
    return CellChange(
        kind="changed" if changed else "moved" if moved else "same",
        moved=moved,
        cell_type=after.type,
        old_cell_type=before.type,
        old_index=old_index,
        new_index=new_index,
        source=diff_lines(before.source, after.source, effort),
        outputs_changed=outputs,
        old_outputs=_outputs(before) if outputs else None,
        new_outputs=_outputs(after) if outputs else None,
        metadata_changed=metadata,
    )


def _added(new: list[Cell], index: int) -> CellChange:
    cell = new[index]
    return CellChange(
        kind="added",
        moved=False,
        cell_type=cell.type,
        old_cell_type=None,
        old_index=None,
        new_index=index,
        source=diff_lines("", cell.source, Effort()),
        outputs_changed=bool(cell.outputs),
        old_outputs=None,
        new_outputs=_outputs(cell) if cell.outputs else None,
        metadata_changed=False,
    )


def _removed(old: list[Cell], index: int) -> CellChange:
    cell = old[index]
    return CellChange(
        kind="removed",
        moved=False,
        cell_type=cell.type,
        old_cell_type=cell.type,
        old_index=index,
        new_index=None,
        source=diff_lines(cell.source, "", Effort()),
        outputs_changed=bool(cell.outputs),
        old_outputs=_outputs(cell) if cell.outputs else None,
        new_outputs=None,
        metadata_changed=False,
    )


def _outputs(cell: Cell) -> Outputs:
    text = output_text(cell, SHOWN_OUTPUT + 1)
    truncated = len(text) > SHOWN_OUTPUT
    return Outputs(len(cell.outputs), mime_types(cell), text[:SHOWN_OUTPUT], truncated)


def _results(cell: Cell) -> list[dict[str, Any]]:
    """The outputs without the counter, which changes with every run."""
    return [
        {key: value for key, value in output.items() if key != "execution_count"}
        for output in cell.outputs
    ]


def _noted(cell: Cell) -> list[dict[str, Any]]:
    return [_lasting(cell.metadata), cell.attachments]


def _lasting(metadata: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in metadata.items() if key not in PASSING}


def _differ(old: Any, new: Any) -> bool:
    # As text, because NaN is never equal to itself.
    return bool(old != new) and json.dumps(old, sort_keys=True) != json.dumps(new, sort_keys=True)
