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

    def read(self) -> Content:
        """Read all cells but their outputs; of two with one id the first."""
        found: Content = {}
        for ycell in self._cells:
            if id_ := str(ycell.get("id") or ""):
                found.setdefault(id_, _piece(ycell))
        return found

    def put(self, cell: str, becomes: Piece | None, after: list[str] | None) -> Piece | None:
        """Make a cell what it becomes, where it belongs; return what it was, with its outputs."""
        ids = self._ids()
        was = self._taken(ids.index(cell)) if cell in ids else None
        if becomes is None:
            self._remove(cell)
        elif was is None or after is not None or was.type != becomes.type:
            self._make(cell, was, becomes, after)
        else:
            _write(self._cells[ids.index(cell)], was, becomes)
        return was

    def before(self, cell: str) -> list[str]:
        """List the cells before one, the nearest first; none for one that is not there."""
        ids = self._ids()
        return ids[: ids.index(cell)][::-1] if cell in ids else []

    def _make(self, cell: str, was: Piece | None, becomes: Piece, after: list[str] | None) -> None:
        """Make a cell anew, for Yjs moves none."""
        after = self.before(cell) if after is None else after
        self._remove(cell)
        shown = becomes if becomes.outputs else was or becomes
        self._cells.insert(place(self._ids(), after), _shared(cell, becomes, shown))

    def _remove(self, cell: str) -> None:
        ids = self._ids()
        if cell in ids:
            del self._cells[ids.index(cell)]

    def _taken(self, at: int) -> Piece:
        ycell = self._cells[at]
        outputs, count = ycell.get("outputs"), ycell.get("execution_count")
        return structs.replace(
            _piece(ycell),
            outputs=outputs.to_py() if isinstance(outputs, Array) else [],
            count=None if count is None else int(count),
        )

    def _ids(self) -> list[str]:
        return [str(ycell.get("id") or "") for ycell in self._cells]


class Page(Sheet):
    """A shared text, as the one cell of a document."""

    def __init__(self, doc: "Doc[Any]") -> None:
        super().__init__(doc)
        self._text: Text = doc.get("source", type=Text)

    def read(self) -> Content:
        """Read the text."""
        return {TEXT: Piece("raw", str(self._text))}

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


def announce(doc: "Doc[Any]") -> None:
    """Have those who have a document open look at its suggestions again."""
    state: Map[Any] = doc.get("state", type=Map)
    state["suggestions"] = str(uuid4())
