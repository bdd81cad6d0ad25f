"""Whether two contents of a document are the same for everybody."""

import hashlib
import json
from typing import Any


def digest(content: Any) -> str:
    """Sum up the content of a document, but for what it says of whom one person trusts."""
    if isinstance(content, dict):
        content = content | {"cells": [_cell(each) for each in content.get("cells", [])]}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    metadata = {k: v for k, v in cell.get("metadata", {}).items() if k != "trusted"}
    return cell | {"metadata": metadata}
