"""Nobody's trust in an output is anybody else's: what one person ran, another may not want to."""

from typing import Any

from pycrdt import Array, Doc, Map

KEY = "trusted"


def mentions_trust(update: bytes) -> bool:
    """Tell whether an update may say that something is trusted."""
    return KEY.encode() in update


def strip_trust(notebook: "Doc[Any]") -> None:
    """Take out of a notebook what says that its outputs may run; within a transaction."""
    cells: Any = notebook.get("cells", type=Array)
    for holder in (notebook.get("meta", type=Map), *cells):
        if isinstance(holder, Map):
            _strip(holder)


def _strip(holder: "Map[Any]") -> None:
    metadata = holder.get("metadata")
    if isinstance(metadata, Map) and KEY in metadata:
        del metadata[KEY]
    elif isinstance(metadata, dict) and KEY in metadata:
        holder["metadata"] = Map({k: v for k, v in metadata.items() if k != KEY})
