"""Whether a notebook ran as it stands: every cell, in order, without an error; and when."""

import re
from collections.abc import Iterator
from typing import Any

from jupyter_wove.projects import Cell, Notebook
from jupyter_wove.search.facts.models import Fact

CLEAN = Fact("has", "clean-run")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]|$)")


def facts_of_run(notebook: Notebook) -> set[Fact]:
    """Say that a notebook ran as it stands, and on which day if its cells tell."""
    cells = [each for each in notebook.cells if each.type == "code" and each.source.strip()]
    if not cells or not _is_clean(cells):
        return set()
    days = [day for cell in cells for day in _days(cell.metadata)]
    return {CLEAN, *({Fact("verified", max(days))} if days else set())}


def _is_clean(cells: list[Cell]) -> bool:
    """Tell whether cells were counted from 1 on, and none ended with an error.

    Counting may leave numbers out: a cell that was run and deleted ran all the same before the
    next, but what it did is not in the notebook, so then it is not known to run as it stands.
    """
    in_order = [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = (output for cell in cells for output in cell.outputs)
    return in_order and all(output.get("output_type") != "error" for output in outputs)


def _days(metadata: dict[str, Any]) -> Iterator[str]:
    """Give the days on which a cell ran, as JupyterLab and others note it."""
    noted = metadata.get("execution")
    for when in noted.values() if isinstance(noted, dict) else ():
        if isinstance(when, str) and (match := _DAY.match(when)):
            yield match[1]
