"""Whether two contents of a document are the same for everybody."""

import hashlib
from typing import Any

import msgspec


def digest(content: Any) -> str:
    """Sum up the content of a document, but for what it says of whom one person trusts."""
    if isinstance(content, dict):
        content = without_trust(content)
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def without_trust(notebook: dict[str, Any]) -> dict[str, Any]:
    """Leave out of a notebook whom one person trusts."""
    return notebook | {"cells": [_cell(each) for each in notebook.get("cells", [])]}


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    metadata = {k: v for k, v in cell.get("metadata", {}).items() if k != "trusted"}
    return cell | {"metadata": metadata}
