"""Turn the cells of nbformat 1 to 3 into those of nbformat 4."""

from typing import Any

from jupyter_wove.kit.errors import InvalidRequest

NEWEST = 4
_MIMES = {
    "text": "text/plain",
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "latex": "text/latex",
    "json": "application/json",
    "javascript": "application/javascript",
}
_OUTPUT_TYPES = {"pyout": "execute_result", "pyerr": "error"}


def cells_of(document: dict[str, Any]) -> list[Any]:
    """Find the cells, which nbformat 2 and 3 keep in worksheets."""
    major = document.get("nbformat", NEWEST)
    if isinstance(major, int) and major > NEWEST:
        raise InvalidRequest(f"This notebook is of format {major}; {NEWEST} is the newest known.")
    if "worksheets" in document and "cells" not in document:
        return [cell for sheet in _sheets(document) for cell in _listed(sheet.get("cells", []))]
    if "cells" not in document:
        raise InvalidRequest("This is not a notebook: it has no cells.")
    return _listed(document["cells"])


def modern(cell: dict[str, Any]) -> dict[str, Any]:
    """Rename what an older cell calls differently."""
    kind = cell.get("cell_type")
    if kind == "code" and "source" not in cell:
        return _code(cell)
    if kind == "heading" and "source" in cell:
        return cell | {"cell_type": "markdown", "source": _heading(cell)}
    if kind in ("html", "text", "rst", "plaintext"):
        return cell | {"cell_type": "markdown" if kind == "html" else "raw"}
    return cell


def modern_output(output: dict[str, Any]) -> dict[str, Any]:
    """Move the contents of an older output under their mime types."""
    kind = _OUTPUT_TYPES.get(str(output.get("output_type")), output.get("output_type"))
    if kind == "stream":
        name = output.get("name", output.get("stream", "stdout"))
        return {"output_type": kind, "name": name, "text": output.get("text", "")}
    if kind in ("execute_result", "display_data") and "data" not in output:
        return _displayed(kind, output)
    return output | {"output_type": kind}


def _displayed(kind: str, output: dict[str, Any]) -> dict[str, Any]:
    data = {_mime(key): value for key, value in output.items() if _mime(key)}
    metadata = output.get("metadata")
    displayed: dict[str, Any] = {"output_type": kind, "data": data, "metadata": metadata or {}}
    if kind == "execute_result":
        displayed["execution_count"] = output.get("prompt_number")
    return displayed


def _mime(key: str) -> str:
    return _MIMES.get(key.removeprefix("output_"), "")


def _sheets(document: dict[str, Any]) -> list[dict[str, Any]]:
    sheets = _listed(document["worksheets"])
    if not all(isinstance(sheet, dict) for sheet in sheets):
        raise InvalidRequest("The worksheets of this notebook are not objects.")
    return sheets


def _listed(cells: Any) -> list[Any]:
    if not isinstance(cells, list):
        raise InvalidRequest("The cells of this notebook are not a list.")
    return cells


def _code(cell: dict[str, Any]) -> dict[str, Any]:
    source = cell.get("input", cell.get("code"))
    if source is None:
        return cell
    return cell | {"source": source, "execution_count": cell.get("prompt_number")}


def _heading(cell: dict[str, Any]) -> Any:
    level = cell.get("level")
    marks = "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1)  # noqa: PLR2004
    source = cell["source"]
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    return f"{marks} {' '.join(source.splitlines())}" if isinstance(source, str) else source
