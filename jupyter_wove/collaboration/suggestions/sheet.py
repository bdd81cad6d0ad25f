"""A shared document, read and edited cell by cell, and never more of it than is needed."""

from typing import Any
from uuid import uuid4

from jupyter_ydoc import YNotebook
from msgspec import structs
from pycrdt import Array, Doc, Map, Text

from jupyter_wove.collaboration.reconciliation.cells import set_map, set_source, without_trust
from jupyter_wove.collaboration.reconciliation.texts import edits, write
from jupyter_wove.collaboration.suggestions.content import TEXT, Content, Json, Piece, place


class Sheet:
    """A shared notebook; changed within a transaction only."""

    def __init__(self, doc: "Doc[Any]") -> None:
        self._cells: Array[Any] = doc.get("cells", type=Array)
        self._ids = [str(ycell.get("id") or "") for ycell in self._cells]  # kept in step

    def read(self) -> Content:
        """Read all cells but their outputs; of two with one id the first."""
        found: Content = {}
        for id_, ycell in zip(self._ids, self._cells, strict=True):
            if id_ and id_ not in found:
                found[id_] = _piece(ycell)
        return found

    def look(self, cell: str) -> Piece | None:
        """Read one cell; None where it is not there."""
        return _piece(self._cells[self._ids.index(cell)]) if cell in self._ids else None

    def put(self, cell: str, becomes: Piece | None, after: list[str] | None) -> Piece | None:
        """Make a cell what it becomes, where it belongs; return what it was, with its outputs."""
        was = self._whole(self._ids.index(cell)) if cell in self._ids else None
        if becomes is None:
            self._remove(cell)
        elif was is None or after is not None or was.type != becomes.type:
            self._make(cell, was, becomes, after)
        else:
            _write(self._cells[self._ids.index(cell)], was, becomes)
        return was

    def before(self, cell: str) -> list[str]:
        """List the cells before one, the nearest first; none for one that is not there."""
        return self._ids[: self._ids.index(cell)][::-1] if cell in self._ids else []

    def _make(self, cell: str, was: Piece | None, becomes: Piece, after: list[str] | None) -> None:
        """Make a cell anew, for Yjs moves none."""
        after = self.before(cell) if after is None else after
        self._remove(cell)
        shown = becomes if becomes.outputs else was or becomes
        at = place(self._ids, after)
        self._cells.insert(at, _shared(cell, becomes, shown))
        self._ids.insert(at, cell)

    def _remove(self, cell: str) -> None:
        if cell in self._ids:
            at = self._ids.index(cell)
            del self._cells[at]
            del self._ids[at]

    def _whole(self, at: int) -> Piece:
        ycell = self._cells[at]
        outputs, count = ycell.get("outputs"), ycell.get("execution_count")
        return structs.replace(
            _piece(ycell),
            outputs=outputs.to_py() if isinstance(outputs, Array) else [],
            count=None if count is None else int(count),
        )


class Page(Sheet):
    """A shared text, as the one cell of a document."""

    def __init__(self, doc: "Doc[Any]") -> None:
        super().__init__(doc)
        self._text: Text = doc.get("source", type=Text)

    def read(self) -> Content:
        """Read the text."""
        return {TEXT: Piece("raw", str(self._text))}

    def look(self, cell: str) -> Piece | None:
        """Read the text."""
        return self.read().get(cell)

    def put(self, cell: str, becomes: Piece | None, after: list[str] | None) -> Piece | None:
        """Make the text what it becomes; return what it was."""
        was = str(self._text)
        write(self._text, edits(was, becomes.source if becomes else ""))
        return Piece("raw", was)


def sheet(room: str, doc: "Doc[Any]") -> Sheet:
    """See the document of a room as what its name says it is."""
    return Sheet(doc) if room.startswith("json:notebook:") else Page(doc)


def _piece(ycell: "Map[Any]") -> Piece:
    return Piece(
        ycell["cell_type"],
        str(ycell.get("source") or ""),
        without_trust(_object(ycell.get("metadata"))),
        _object(ycell.get("attachments")),
    )


def _object(value: Any) -> Json:
    plain = value.to_py() if isinstance(value, Map) else value
    return plain if isinstance(plain, dict) else {}


def _write(ycell: "Map[Any]", was: Piece, becomes: Piece) -> None:
    if was.source != becomes.source:
        set_source(ycell, edits(was.source, becomes.source), becomes.source)
    metadata = ycell.get("metadata")
    if isinstance(metadata, Map):
        set_map(metadata, was.metadata, was.metadata, becomes.metadata)
    if was.attachments != becomes.attachments:
        ycell["attachments"] = becomes.attachments


def _shared(cell: str, piece: Piece, shown: Piece) -> "Map[Any]":
    made: Json = {"id": cell, "cell_type": piece.type, "source": piece.source}
    made["metadata"] = without_trust(piece.metadata)
    if piece.type == "code":
        made |= {"outputs": shown.outputs, "execution_count": shown.count}
    elif piece.attachments:
        made["attachments"] = piece.attachments
    return YNotebook().create_ycell(made)


def content_of(room: str, state: bytes) -> Content:
    """Read what a document says, off its history."""
    doc: Doc[Any] = Doc()
    doc.apply_update(state)
    return sheet(room, doc).read()


def announce(doc: "Doc[Any]") -> None:
    """Have those who have a document open look at its suggestions again."""
    state: Map[Any] = doc.get("state", type=Map)
    state["suggestions"] = str(uuid4())
