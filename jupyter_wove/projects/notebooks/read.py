"""Read a notebook of any format version into one plain shape, and write it as nbformat 4.5."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from jupyter_wove.kit.errors import BadRequest, InvalidRequest, TooLarge
from jupyter_wove.projects.notebooks import legacy

LARGEST = 100_000_000
DEEPEST = 100
MOST_CELLS = 20_000

CellType = Literal["code", "markdown", "raw"]
Json = dict[str, Any]

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class TooDeep(InvalidRequest):
    """The JSON is nested deeper than any notebook needs."""


class Cell(msgspec.Struct):
    """A cell; `id` is None where the file has none that could be used to recognise it."""

    id: str | None
    type: CellType
    source: str
    outputs: list[Json]
    execution_count: int | None
    metadata: Json
    attachments: Json


class Notebook(msgspec.Struct):
    """The cells and the metadata of a notebook."""

    cells: list[Cell]
    metadata: Json


def read_notebook(content: bytes) -> Notebook:
    """Read a file; raise BadRequest, InvalidRequest or TooLarge if it is no notebook.

    Small sins, such as missing metadata or ids that occur twice, are forgiven.
    """
    document = load_json(content)
    if not isinstance(document, dict):
        raise InvalidRequest("This is not a notebook: it must be a JSON object with cells.")
    cells = legacy.cells_of(document)
    if len(cells) > MOST_CELLS:
        raise TooLarge(f"This notebook has {len(cells)} cells; {MOST_CELLS} is the limit.")
    read = [_cell(number, cell) for number, cell in enumerate(cells, start=1)]
    return Notebook(_with_own_ids(read), _object(document.get("metadata")))


def write_notebook(notebook: Notebook) -> bytes:
    """Write a file of nbformat 4.5 as JupyterLab would."""
    taken: set[str] = set()
    cells = [_written(cell, taken) for cell in notebook.cells]
    document = {
        "cells": cells,
        "metadata": notebook.metadata,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode(errors="replace")


def load_json(content: bytes) -> Any:
    """Parse JSON within the limits of size and depth."""
    if len(content) > LARGEST:
        raise TooLarge(f"This notebook is larger than {LARGEST // 1_000_000} MB.")
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise BadRequest(f"This is not a notebook: line {error.lineno} is not JSON.") from None
    except ValueError:
        raise BadRequest("This is not a notebook: it is not JSON in UTF-8.") from None
    except RecursionError:
        raise TooDeep(_too_deep()) from None
    _check_depth(document)
    return document


def plain_text(text: str) -> str:
    """Replace what is no character: JSON can escape half of a surrogate pair, UTF-8 cannot."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def output_text(cell: Cell, limit: int = 100_000) -> str:
    """Join what a cell printed, returned and raised, up to `limit` characters, without colours."""
    parts: list[str] = []
    room = limit
    for part in (part for output in cell.outputs for part in _texts(output)):
        if room <= 0:
            break
        parts.append(plain_text(_ANSI.sub("", part)[:room]))
        room -= len(parts[-1]) + 1
    return "\n".join(parts)[:limit]


def mime_types(cell: Cell) -> list[str]:
    """List the kinds of a cell's outputs, each once, in order; prints are text/plain."""
    kinds = [kind for output in cell.outputs for kind in _kinds(output)]
    return [plain_text(kind) for kind in dict.fromkeys(kinds)]


def joined(value: Any) -> str | None:
    """Read text that nbformat keeps as one string or as a list of lines."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return None


def _too_deep() -> str:
    return f"This notebook is nested deeper than {DEEPEST} levels."


def _check_depth(document: Any) -> None:
    level = [document]
    for _ in range(DEEPEST):
        level = [child for node in level for child in _children(node)]
        if not level:
            return
    raise TooDeep(_too_deep())


def _children(node: Any) -> list[Any]:
    values = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [value for value in values if isinstance(value, dict | list)]


def _cell(number: int, cell: Any) -> Cell:
    if not isinstance(cell, dict):
        raise InvalidRequest(f"Cell {number} is not an object.")
    cell = legacy.modern(cell)
    kind = cell.get("cell_type")
    if kind not in ("code", "markdown", "raw"):
        raise InvalidRequest(f"Cell {number} must be code, markdown or raw.")
    return Cell(
        id=_id(cell.get("id")),
        type=kind,
        source=_source(number, cell),
        outputs=_outputs(number, cell) if kind == "code" else [],
        execution_count=_count(cell.get("execution_count")) if kind == "code" else None,
        metadata=_object(cell.get("metadata")),
        attachments=_object(cell.get("attachments")) if kind != "code" else {},
    )


def _source(number: int, cell: Json) -> str:
    if "source" not in cell:
        raise InvalidRequest(f"Cell {number} has no source: add an empty one.")
    source = joined(cell["source"])
    if source is None:
        raise InvalidRequest(f"The source of cell {number} is neither text nor a list of lines.")
    return plain_text(source)


def _outputs(number: int, cell: Json) -> list[Json]:
    outputs = cell.get("outputs") or []
    if not isinstance(outputs, list) or not all(isinstance(output, dict) for output in outputs):
        raise InvalidRequest(f"The outputs of cell {number} are not a list of objects.")
    return [legacy.modern_output(output) for output in outputs]


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _id(value: Any) -> str | None:
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def _with_own_ids(cells: list[Cell]) -> list[Cell]:
    seen: set[str] = set()
    for cell in cells:
        if cell.id in seen:
            cell.id = None
        elif cell.id is not None:
            seen.add(cell.id)
    return cells


def _written(cell: Cell, taken: set[str]) -> Json:
    name = cell.id
    number = 0
    while name is None or name in taken:
        text = f"{number}\0{cell.source}".encode()
        name = hashlib.sha256(text).hexdigest()[:8]
        number += 1
    taken.add(name)
    written: Json = {"cell_type": cell.type, "id": name, "metadata": cell.metadata}
    if cell.type == "code":
        written |= {"execution_count": cell.execution_count, "outputs": cell.outputs}
    elif cell.attachments:
        written["attachments"] = cell.attachments
    return written | {"source": cell.source.splitlines(keepends=True)}


def _texts(output: Json) -> Iterator[str]:
    if output.get("output_type") == "stream":
        yield joined(output.get("text")) or ""
    elif output.get("output_type") == "error":
        yield f"{output.get('ename', '')}: {output.get('evalue', '')}"
        traceback = output.get("traceback")
        yield (
            "\n".join(line for line in traceback if isinstance(line, str))
            if isinstance(traceback, list)
            else ""
        )
    else:
        yield joined(_object(output.get("data")).get("text/plain")) or ""


def _kinds(output: Json) -> list[str]:
    if output.get("output_type") == "stream":
        return ["text/plain"]
    if output.get("output_type") == "error":
        return ["application/vnd.jupyter.error"]
    return list(_object(output.get("data")))
