"""Cells that ran when a server ended: nothing of them runs any more."""

from typing import Any

from pycrdt import Array, Doc, Map

STATE, RUNNING, IDLE = "execution_state", "running", "idle"


def lay_to_rest(notebook: "Doc[Any]") -> None:
    """Have no cell say that it runs."""
    cells: Array[Any] = notebook.get("cells", type=Array)
    running = [each for each in cells if isinstance(each, Map) and each.get(STATE) == RUNNING]
    if running:
        with notebook.transaction():
            for cell in running:
                cell[STATE] = IDLE
