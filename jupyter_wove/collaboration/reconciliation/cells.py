"""The cells of a shared notebook, read and changed one by one."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from jupyter_ydoc import YNotebook
from pycrdt import Map, Text

from jupyter_wove.collaboration.reconciliation.texts import Edit, write

Json = dict[str, Any]
OWN = {"id", "source", "metadata", "outputs", "cell_type", "execution_state"}
TRUST = "trusted"
AGAIN = "\0"  # in no id that a notebook may have


class Cells:
    """The cells of one notebook, by their ids; within a transaction where they are changed."""

    def __init__(self, book: YNotebook) -> None:
        self.book = book
        self._names = _names(book)  # kept in step, for reading all of them takes a while
        self._known = set(self._names)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._known

    def read(self) -> dict[str, Json]:
        """Read all cells by their names, in order."""
        meta = self.book._ymeta.to_py()
        found: dict[str, Json] = {}
        for name, ycell in zip(self.ids(), self.book.ycells, strict=True):
            cell = self.book._cell_to_py(ycell, meta)
            cell["metadata"] = without_trust(cell.get("metadata", {}))
            found[name] = cell
        return found

    def ids(self) -> list[str]:
        """List the names in order."""
        return list(self._names)

    def insert(self, id_: str, cell: Json, after: str | None) -> None:
        """Put a cell behind another one, or first."""
        own = str(uuid4()) if AGAIN in id_ else id_
        made = cell | {"id": own, "metadata": without_trust(cell.get("metadata", {}))}
        place = self._names.index(after) + 1 if after in self._known else 0
        self.book.ycells.insert(place, self.book.create_ycell(made))
        self._names.insert(place, id_)
        self._known.add(id_)

    def remove(self, id_: str) -> None:
        """Take a cell out."""
        place = self._names.index(id_)
        del self.book.ycells[place]
        del self._names[place]
        self._known.discard(id_)

    def move(self, id_: str, after: str | None) -> None:
        """Put a cell somewhere else; Yjs can only make it anew there."""
        cell = self.look(id_)
        self.remove(id_)
        self.insert(id_, cell, after)

    def find(self, id_: str) -> "Map[Any]":
        """Find a shared cell."""
        ycell: Map[Any] = self.book.ycells[self._names.index(id_)]
        return ycell

    def look(self, id_: str) -> Json:
        """Read one cell."""
        cell: Json = self.book._cell_to_py(self.find(id_))
        return cell | {"metadata": without_trust(cell.get("metadata", {}))}


def _names(book: YNotebook) -> list[str]:
    """Name the cells in order: by ids, and one whose id is there again with a number behind it."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for ycell in book.ycells:
        id_ = str(ycell.get("id") or "")
        again = seen[id_] or not id_
        names.append(f"{id_}{AGAIN}{seen[id_]}" if again else id_)
        seen[id_] += 1
    return names


def set_source(ycell: "Map[Any]", changes: list[Edit], becomes: str) -> None:
    """Change the source of a cell."""
    text = ycell.get("source")
    if isinstance(text, Text):
        write(text, changes)
    else:
        ycell["source"] = Text(becomes)


def set_fields(book: YNotebook, ycell: "Map[Any]", base: Json, ours: Json, theirs: Json) -> None:
    """Take over what `theirs` changed of a cell besides its source, where `ours` did not."""
    for key in _changed(base, ours, theirs):
        if key == "outputs":
            book._set_ycell_outputs(ycell, theirs.get(key) or [])
        elif key not in OWN:
            _set(ycell, key, theirs)
    metadata = ycell.get("metadata")
    if isinstance(metadata, Map):
        set_map(metadata, *(side.get("metadata") or {} for side in (base, ours, theirs)))


def set_map(target: "Map[Any]", base: Json, ours: Json, theirs: Json) -> None:
    """Take over the keys of an object that `theirs` changed, where `ours` did not."""
    for key in _changed(base, ours, without_trust(theirs)):
        if key != TRUST:
            _set(target, key, theirs)


def without_trust(metadata: Json) -> Json:
    """Leave out whom one person trusts."""
    return {key: value for key, value in metadata.items() if key != TRUST}


def _changed(base: Json, ours: Json, theirs: Json) -> Iterator[str]:
    for key in dict.fromkeys([*base, *theirs]):
        if theirs.get(key) != base.get(key) and ours.get(key) == base.get(key):
            yield key


def _set(target: "Map[Any]", key: str, values: Json) -> None:
    if key in values:
        target[key] = values[key]
    elif key in target:
        del target[key]
