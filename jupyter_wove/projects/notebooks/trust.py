"""Take the trust out of a notebook that comes from somebody else."""

import json
from typing import Any

from jupyter_wove.kit.errors import BadRequest
from jupyter_wove.projects.notebooks.read import load_json


def without_trust(content: bytes) -> bytes:
    """Remove `metadata.trusted` of the notebook and of its cells.

    What is no JSON in UTF-8 comes back as it is: Jupyter cannot open it either. Raise TooDeep or
    TooLarge if it cannot be checked.
    """
    try:
        document = load_json(content)
    except BadRequest:
        return content
    if not _strip(document):
        return content
    return (json.dumps(document, indent=1) + "\n").encode()


def _strip(document: Any) -> bool:
    if not isinstance(document, dict):
        return False
    sheets = [document, *_objects(document.get("worksheets"))]
    cells = [cell for sheet in sheets for cell in _objects(sheet.get("cells"))]
    return sum(_distrust(holder) for holder in (document, *cells)) > 0


def _distrust(holder: dict[str, Any]) -> bool:
    metadata = holder.get("metadata")
    if not isinstance(metadata, dict) or "trusted" not in metadata:
        return False
    del metadata["trusted"]
    return True


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
