"""All that a model may be shown for a question, of whatever somebody has in front of them."""

from pathlib import Path

import msgspec

from jupyter_wove.ai.context.folders import FolderIndex, folder_items
from jupyter_wove.ai.context.folders.rules import Rules
from jupyter_wove.ai.context.memories import Remembered, memory_items
from jupyter_wove.ai.context.models import Item, Wishes
from jupyter_wove.ai.context.notebooks import Seen, notebook_items
from jupyter_wove.ai.context.variables import Variable, variable_items


class InFront(msgspec.Struct, frozen=True):
    """What somebody has in front of them, and may see.

    `path` is that of the notebook in the folder around it, which is that of its project.
    """

    notebook: str
    cell: str | None
    cells: list[Seen]
    variables: list[Variable]
    folder: Path | None = None
    path: str = ""
    rules: list[Rules] = []
    memories: list[Remembered] = []


def gather(view: InFront, question: str, index: FolderIndex | None, wishes: Wishes) -> list[Item]:
    """List what may be shown; the same view and the same question give the same list."""
    items = notebook_items(view.notebook, view.cells, view.cell)
    items += variable_items(view.variables)
    items += memory_items(view.memories)
    if index is not None:
        focus = next((each.source for each in view.cells if each.id == view.cell), "")
        items += folder_items(index, question, focus, view.path, sorted(wishes.pinned))
    return items
