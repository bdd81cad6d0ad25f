"""A file of a notebook, taken into its history cell by cell."""

from typing import Any
from uuid import uuid4

from jupyter_ydoc import YNotebook
from pycrdt import Doc

from jupyter_wove.collaboration.reconciliation.cells import (
    AGAIN,
    Cells,
    Json,
    set_fields,
    set_map,
    set_source,
    without_trust,
)
from jupyter_wove.collaboration.reconciliation.history import changes, opened
from jupyter_wove.collaboration.reconciliation.texts import edits, merged, news
from jupyter_wove.projects import Cell, match, rising

EMPTY: Json = {
    "cell_type": "code",
    "execution_count": None,
    "metadata": {},
    "outputs": [],
    "source": "",
}


def take_in_notebook(state: bytes, base: bytes, file: Json) -> list[bytes]:
    """Make the updates that take a file in: what was made of `base` in it goes into `state`."""
    document: Doc[Any] = opened(state)
    merging = _Merging(document, base, file)
    texts = merging.texts()
    for update in texts:
        document.apply_update(update)
    return [*texts, *changes(document, merging.structure)]


class _Merging:
    """Three notebooks: what the file was made from, the document as it is, and the file."""

    def __init__(self, document: "Doc[Any]", base: bytes, file: Json) -> None:
        self.fork: Doc[Any] = opened(base)
        self.ancestor = YNotebook(self.fork)
        self.book = YNotebook(document)
        self.cells = Cells(self.book)
        self.base, self.ours = Cells(self.ancestor).read(), self.cells.read()
        self.file = file
        self.theirs = _recognised(self.base, file)

    def texts(self) -> list[bytes]:
        """Edit sources as somebody would who had what the file was made from before them."""
        return changes(self.fork, self._edit_sources)

    def structure(self) -> None:
        """Add, remove and move cells, and take over all that is not source."""
        self._follow()
        self._remove()
        self._add()
        self._fields()
        self._move()
        if not self.cells.ids():
            self.cells.insert(str(uuid4()), EMPTY, None)
        meta = self.book._ymeta.get("metadata")
        sides = [self.ancestor._ymeta.to_py(), self.book._ymeta.to_py(), self.file]
        if meta is not None:
            set_map(meta, *(side.get("metadata", {}) for side in sides))
        if _minor(self.file) > _minor(sides[1]):  # never back: older formats cannot say ids
            set_map(self.book._ymeta, *(_format(side) for side in sides))

    def _edit_sources(self) -> None:
        forked = Cells(self.ancestor)
        for id_ in self._shared():
            was, becomes = self.base[id_]["source"], self.theirs[id_]["source"]
            made = self.ours[id_]["source"]
            if becomes not in {was, made}:
                set_source(forked.find(id_), news(was, made, becomes), becomes)

    def _follow(self) -> None:
        """Edit a cell that was moved here meanwhile: Yjs made it anew, and edits miss it."""
        for id_ in self._shared():
            was, becomes = self.base[id_]["source"], self.theirs[id_]["source"]
            made = self.ours[id_]["source"]
            if becomes in {was, made}:
                continue
            ycell = self.cells.find(id_)
            if str(ycell["source"]) == made:
                both = merged(was, made, becomes)
                set_source(ycell, edits(made, both), both)

    def _shared(self) -> list[str]:
        """List the cells that all three have."""
        return [id_ for id_ in self.base if id_ in self.ours and id_ in self.theirs]

    def _remove(self) -> None:
        """Take out what the file has no more, unless somebody has worked on it since."""
        for id_, cell in self.base.items():
            is_as_before = id_ in self.ours and _same(self.ours[id_], cell)
            if id_ not in self.theirs and is_as_before:
                self.cells.remove(id_)

    def _add(self) -> None:
        """Put in what is new in the file, and what was changed in it but removed here."""
        before: str | None = None
        for id_, cell in self.theirs.items():
            if id_ in self.ours:
                self._join(id_, cell)
            elif id_ not in self.base or not _same(self.base[id_], cell):
                self.cells.insert(id_, cell, before)
            before = id_ if id_ in self.cells else before

    def _join(self, id_: str, cell: Json) -> None:
        """Keep both sources of a cell that came to both with the same id."""
        mine, other = self.ours[id_]["source"], cell["source"]
        if id_ not in self.base and other not in mine:
            becomes = other if mine in other else f"{mine}\n{other}"
            set_source(self.cells.find(id_), edits(mine, becomes), becomes)

    def _fields(self) -> None:
        for id_ in self._shared():
            base, ours, theirs = self.base[id_], self.ours[id_], self.theirs[id_]
            if theirs["cell_type"] != base["cell_type"] == ours["cell_type"]:
                self._retype(id_, theirs)
            elif theirs != base:
                set_fields(self.book, self.cells.find(id_), base, ours, theirs)

    def _retype(self, id_: str, theirs: Json) -> None:
        ids = self.cells.ids()
        place = ids.index(id_)
        source = self.cells.look(id_)["source"]
        self.cells.remove(id_)
        self.cells.insert(id_, theirs | {"source": source}, ids[place - 1] if place else None)

    def _move(self) -> None:
        """Follow the file where it moved cells, and nobody did here."""
        shared = self._shared()
        of_all = set(shared)
        ours, theirs = (
            [id_ for id_ in side if id_ in of_all] for side in (self.ours, self.theirs)
        )
        if theirs == shared or ours != shared:
            return
        ids = [id_ for id_ in self.theirs if id_ in self.cells]
        places = {id_: place for place, id_ in enumerate(self.cells.ids())}
        staying = {ids[at] for at in rising([places[id_] for id_ in ids])}
        before: str | None = None
        for id_ in ids:
            if id_ not in staying:
                self.cells.move(id_, before)
            before = id_


def is_same(held: Json, file: Json) -> bool:
    """Tell whether a document holds a file, but for trust and for ids that the file has not."""
    old = any("id" not in cell for cell in file["cells"])
    if not file["cells"]:
        file = file | {"cells": held["cells"] if _is_blank(held["cells"]) else []}
    return _plain(held, old) == _plain(file, old)


def _is_blank(cells: list[Json]) -> bool:
    return len(cells) == 1 and not cells[0]["source"] and not cells[0].get("outputs")


def _plain(notebook: Json, old: bool) -> Json:
    cells = [_bare(cell, "id" if old else "") for cell in notebook["cells"]]
    return notebook | {"cells": cells, "nbformat_minor": None if old else _minor(notebook)}


def _recognised(base: dict[str, Json], file: Json) -> dict[str, Json]:
    """Name the cells of a file: by ids, and where those are missing or double by what they say."""
    cells = [
        cell | {"metadata": without_trust(cell.get("metadata", {}))} for cell in file["cells"]
    ]
    names = _once([cell.get("id") for cell in cells])
    if None in names or any(AGAIN in name for name in base):
        known = list(base)
        old = [_cell(name, base[name]) for name in known]
        new = [_cell(name, cell) for name, cell in zip(names, cells, strict=True)]
        for at, origin in match(old, new).items():
            if names[at] is None or AGAIN in known[origin]:
                names[at] = known[origin]
    return {name or str(uuid4()): cell for name, cell in zip(names, cells, strict=True)}


def _once(ids: list[str | None]) -> list[str | None]:
    seen: set[str | None] = {None, ""}
    names: list[str | None] = []
    for id_ in ids:
        names.append(None if id_ in seen else id_)
        seen.add(id_)
    return names


def _cell(id_: str | None, cell: Json) -> Cell:
    return Cell(id_, cell["cell_type"], cell["source"], [], None, {}, {})


def _same(one: Json, other: Json) -> bool:
    return _bare(one, "id") == _bare(other, "id")


def _bare(cell: Json, left_out: str) -> Json:
    kept = {key: value for key, value in cell.items() if key != left_out}
    return kept | {"metadata": without_trust(cell.get("metadata", {}))}


def _minor(notebook: Json) -> int:
    return int(notebook.get("nbformat_minor") or 0)


def _format(notebook: Json) -> Json:
    return {"nbformat": notebook.get("nbformat"), "nbformat_minor": _minor(notebook)}
