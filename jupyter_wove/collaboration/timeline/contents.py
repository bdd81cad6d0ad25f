"""What documents say: read from states and files, written, and put together by cells."""

import json
from typing import Any

import nbformat

from jupyter_wove.collaboration.reconciliation.history import document, opened
from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.projects import read_notebook, write_notebook

Json = dict[str, Any]
NOTEBOOK = "notebook"


def content_of(kind: str, state: bytes) -> Any:
    """Read the content of a document of a Yjs type from its state."""
    return document(kind, opened(state)).get()


def content_in(kind: str, file: bytes) -> Any:
    """Read a file as the content of a document; a cell without an id gets always the same."""
    if kind == NOTEBOOK:
        written = write_notebook(read_notebook(file)).decode()
        return nbformat.reads(written, as_version=4)  # type: ignore[no-untyped-call]
    try:
        return file.decode()
    except UnicodeDecodeError as error:
        raise Conflict("This version of the file is no text.") from error


def written(kind: str, content: Any) -> bytes:
    """Write a content as its file would be."""
    if kind == NOTEBOOK:
        return write_notebook(read_notebook(json.dumps(content).encode()))
    return str(content).encode()


def with_cell(now: Json, then: Json, id_: str) -> Json:
    """Put one cell of an earlier notebook into one of now. Raises NotFound."""
    old = next((cell for cell in then["cells"] if cell.get("id") == id_), None)
    if old is None:
        raise NotFound("This cell was not there at that moment.")
    cells = [old if cell.get("id") == id_ else cell for cell in now["cells"]]
    if old not in cells:
        cells.insert(_place(cells, then["cells"], old), old)
    return now | {"cells": cells}


def _place(cells: list[Json], then: list[Json], old: Json) -> int:
    """Find the place behind the nearest cell before it that is still there."""
    ids = [cell.get("id") for cell in cells]
    before = [cell.get("id") for cell in then[: then.index(old)]]
    return next((ids.index(id_) + 1 for id_ in reversed(before) if id_ in ids), 0)
