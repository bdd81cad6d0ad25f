"""The outputs of a cell that runs, in the shared notebook as they come."""

from typing import Any

from jupyter_ydoc import YNotebook
from nbformat.v4 import new_code_cell
from pycrdt import Array, Doc, Map, Text

from jupyter_wove.kit.errors import Conflict

CHANGED = "Somebody changed this cell meanwhile. Look at it again, and ask again."


class Shown:
    """One run of one cell; what changes the document does so within a transaction."""

    def __init__(self, cell: str, source: str) -> None:
        self.cell: Any = new_code_cell(source, id=cell)  # type: ignore[no-untyped-call]
        self._told: list[dict[str, Any]] = []

    @property
    def has_news(self) -> bool:
        """Tell whether there is more than people see."""
        return bool(self.cell.outputs != self._told)

    def begin(self, doc: "Doc[Any]") -> None:
        """Show that the cell runs. Raises Conflict where it says something else by now."""
        ycell = self._find(doc)
        if ycell is None or str(ycell.get("source")) != self.cell.source:
            raise Conflict(CHANGED)
        ycell["outputs"] = Array()
        ycell["execution_count"], ycell["execution_state"] = None, "running"

    def go_on(self, doc: "Doc[Any]") -> None:
        """Show what came."""
        ycell = self._find(doc)
        if ycell is None:
            return
        outputs = [dict(each) for each in self.cell.outputs]
        kept = sum(1 for _ in _same(self._told, outputs))
        youtputs: Array[Any] = ycell["outputs"]
        if len(youtputs) != len(self._told):
            kept = 0  # somebody cleared them
        if not _grown(youtputs, self._told, outputs, kept):
            del youtputs[kept:]
            youtputs.extend(YNotebook()._create_youtputs(outputs[kept:]))
        self._told = [dict(each) for each in outputs]

    def end(self, doc: "Doc[Any]") -> None:
        """Show all of it, and that it is over."""
        self.go_on(doc)
        ycell = self._find(doc)
        if ycell is not None:
            ycell["execution_count"] = self.cell.execution_count
            ycell["execution_state"] = "idle"

    def _find(self, doc: "Doc[Any]") -> "Map[Any] | None":
        cells: Array[Any] = doc.get("cells", type=Array)
        return next((each for each in cells if each.get("id") == self.cell.id), None)


def _same(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> Any:
    for left, right in zip(one, other, strict=False):
        if left != right:
            return
        yield left


def _grown(
    youtputs: "Array[Any]", old: list[dict[str, Any]], new: list[dict[str, Any]], kept: int
) -> bool:
    """Write on where only the last output, a stream, has become longer."""
    if not len(old) == len(new) == kept + 1 or new[kept].get("output_type") != "stream":
        return False
    was, becomes = str(old[kept].get("text", "")), str(new[kept]["text"])
    ytext = youtputs[kept].get("text")
    if not isinstance(ytext, Text) or not becomes.startswith(was) or str(ytext) != was:
        return False
    ytext += becomes[len(was) :]
    return True
