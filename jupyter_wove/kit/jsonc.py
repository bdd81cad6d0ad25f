"""JSON as people write it into configurations: with comments and trailing commas."""

import json
import re
from typing import Any

_TRAILING = re.compile(r",(\s*[}\]])")


def loads(text: str) -> dict[str, Any]:
    """Read an object; an empty one where it is none."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("//")]
    try:
        found = json.loads(_TRAILING.sub(r"\1", "\n".join(lines)))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
