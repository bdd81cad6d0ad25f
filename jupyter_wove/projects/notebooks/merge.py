"""Merge two changes of the same notebook, cell by cell; what clashes is kept in both versions."""

import json
from copy import deepcopy
from typing import Any, Literal

import msgspec

from jupyter_wove.projects.notebooks.lines import Effort, merge_lines
from jupyter_wove.projects.notebooks.matching import match
from jupyter_wove.projects.notebooks.read import Cell, Json, Notebook

ConflictKind = Literal["both-changed", "deleted-by-us", "deleted-by-them"]
Key = tuple[str, int]
_GONE = object()


class Conflict(msgspec.Struct, frozen=True):
    """A cell of the merged notebook, by index, that a person has to look at.

    The same is in its `metadata.wove.conflict`, there with the other version of the source.
    """

    index: int
    kind: ConflictKind


class Merged(msgspec.Struct, frozen=True):
    """The merged notebook and what clashed in it."""

    notebook: Notebook
    conflicts: list[Conflict]


def merge_notebooks(base: Notebook, ours: Notebook, theirs: Notebook) -> Merged:
    """Merge what `ours` and `theirs` made of `base`; where both changed a cell, ours is shown.

    Outputs follow the source that won and are cleared if both changed. A cell that one side
    deleted and the other changed stays. Settings that both changed keep our value.
    """
    sides = _Sides(base, ours, theirs)
    cells, kinds = [], []
    for key in sides.order():
        cell, kind = sides.cell(key)
        if cell is not None:
            cells.append(cell)
            kinds.append(kind)
    conflicts = [Conflict(index, kind) for index, kind in enumerate(kinds) if kind is not None]
    metadata = _object(base.metadata, ours.metadata, theirs.metadata)
    return Merged(Notebook(_own_ids(cells), metadata), conflicts)


class _Sides:
    """The cells of the three versions under common keys."""

    def __init__(self, base: Notebook, ours: Notebook, theirs: Notebook) -> None:
        self.effort = Effort()
        self.base: dict[Key, Cell] = {("base", i): cell for i, cell in enumerate(base.cells)}
        self.ours = _keyed("ours", base, ours)
        self.theirs = _same_additions(self.ours, _keyed("theirs", base, theirs))

    def order(self) -> list[Key]:
        """Follow the side that rearranged cells, ours first; insert what the other one added."""
        ours, theirs = list(self.ours), list(self.theirs)
        first, second = (theirs, ours) if self._in_order(ours) else (ours, theirs)
        inserted = _runs(second, set(first))
        ordered = [(key, *inserted.get(key, [])) for key in first]
        return [*inserted.get(None, []), *(key for run in ordered for key in run)]

    def cell(self, key: Key) -> tuple[Cell | None, ConflictKind | None]:
        """Merge one cell; None if it is gone."""
        base, ours, theirs = (side.get(key) for side in (self.base, self.ours, self.theirs))
        if ours is not None and theirs is not None:
            return self._both(base, ours, theirs)
        present = ours or theirs
        if present is None or base is None:
            return present and deepcopy(present), None
        if (present.type, present.source) == (base.type, base.source):
            return None, None
        kind: ConflictKind = "deleted-by-us" if ours is None else "deleted-by-them"
        return _flagged(deepcopy(present), {"kind": kind}), kind

    def _in_order(self, keys: list[Key]) -> bool:
        known = [number for side, number in keys if side == "base"]
        return known == sorted(known)

    def _both(
        self, base: Cell | None, ours: Cell, theirs: Cell
    ) -> tuple[Cell, ConflictKind | None]:
        start = base or Cell(None, ours.type, "", [], None, {}, {})
        merged = deepcopy(ours)
        merged.type = _pick(start.type, ours.type, theirs.type)
        merged.metadata = _object(start.metadata, ours.metadata, theirs.metadata)
        merged.attachments = _object(start.attachments, ours.attachments, theirs.attachments)
        source = _source(start.source, ours.source, theirs.source, self.effort)
        merged.source = ours.source if source is None else source
        _take_outputs(merged, start, ours, theirs)
        if source is not None:
            return merged, None
        other = {"kind": "both-changed", "base": start.source, "theirs": theirs.source}
        return _flagged(merged, other), "both-changed"


def _keyed(side: str, base: Notebook, changed: Notebook) -> dict[Key, Cell]:
    pairs = match(base.cells, changed.cells)
    keys = [
        ("base", pairs[index]) if index in pairs else (side, index)
        for index in range(len(changed.cells))
    ]
    return dict(zip(keys, changed.cells, strict=True))


def _same_additions(ours: dict[Key, Cell], theirs: dict[Key, Cell]) -> dict[Key, Cell]:
    """Recognise cells that both sides added alike."""
    added = {key: cell for key, cell in ours.items() if key[0] == "ours"}
    keys = list(added)
    other = [key for key in theirs if key[0] == "theirs"]
    equal = _equal([added[key] for key in keys], [theirs[key] for key in other])
    same = {other[new]: keys[old] for new, old in equal.items()}
    return {same.get(key, key): cell for key, cell in theirs.items()}


def _equal(ours: list[Cell], theirs: list[Cell]) -> dict[int, int]:
    return {
        new: old
        for new, old in match(ours, theirs).items()
        if ours[old].id == theirs[new].id
        or (ours[old].type, ours[old].source) == (theirs[new].type, theirs[new].source)
    }


def _runs(keys: list[Key], known: set[Key]) -> dict[Key | None, list[Key]]:
    """Group the unknown keys by the known one that they follow."""
    runs: dict[Key | None, list[Key]] = {}
    last: Key | None = None
    for key in keys:
        if key in known:
            last = key
        else:
            runs.setdefault(last, []).append(key)
    return runs


def _source(base: str, ours: str, theirs: str, effort: Effort) -> str | None:
    if theirs in {ours, base}:
        return ours
    return theirs if ours == base else merge_lines(base, ours, theirs, effort)


def _take_outputs(merged: Cell, base: Cell, ours: Cell, theirs: Cell) -> None:
    """Outputs belong to a source; those of a source that nobody ran are not shown."""
    sources = (ours.source == base.source, theirs.source == base.source)
    if merged.type != "code":
        winner: Cell | None = Cell(None, "raw", "", [], None, {}, {})
    elif ours.source == theirs.source:
        winner = _run(base, ours, theirs)
    elif sources == (True, False):
        winner = theirs
    else:
        winner = ours if sources == (False, True) else None
    merged.outputs = deepcopy(winner.outputs) if winner else []
    merged.execution_count = winner.execution_count if winner else None


def _run(base: Cell, ours: Cell, theirs: Cell) -> Cell | None:
    """Find whose run counts, when the source is the same; None if both ran it differently."""
    results = [_text(cell.outputs) for cell in (base, ours, theirs)]
    if results[2] in (results[0], results[1]):
        return ours
    return theirs if results[1] == results[0] else None


def _flagged(cell: Cell, conflict: Json) -> Cell:
    own = cell.metadata.get("wove")
    cell.metadata["wove"] = (own if isinstance(own, dict) else {}) | {"conflict": conflict}
    return cell


def _object(base: Json, ours: Json, theirs: Json) -> Json:
    """Merge objects key by key, and objects inside of them likewise."""
    merged = {}
    for key in dict.fromkeys([*ours, *theirs]):
        values = [side.get(key, _GONE) for side in (base, ours, theirs)]
        value = _value(values[0], values[1], values[2])
        if value is not _GONE:
            merged[key] = deepcopy(value)
    return merged


def _value(base: Any, ours: Any, theirs: Any) -> Any:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _object(base if isinstance(base, dict) else {}, ours, theirs)
    return _pick(base, ours, theirs)


def _pick(base: Any, ours: Any, theirs: Any) -> Any:
    return theirs if _text(ours) == _text(base) else ours


def _text(value: Any) -> str:
    # As text, because NaN is never equal to itself.
    return "gone" if value is _GONE else json.dumps(value, sort_keys=True)


def _own_ids(cells: list[Cell]) -> list[Cell]:
    seen: set[str | None] = {None}
    for cell in cells:
        if cell.id in seen:
            cell.id = None
        seen.add(cell.id)
    return cells
