"""Nobody's trust in an output is anybody else's: what one person ran, another may not want to."""

from typing import Any

from pycrdt import Array, Doc, Map

KEY = "trusted"


def mentions_trust(update: bytes) -> bool:
    """Tell whether an update may say that something is trusted."""
    return KEY.encode() in update


def strip_trust(doc: "Doc[Any]", kind: str) -> None:
    """Take out of a document what says that something in it may run; within a transaction."""
    STRIPPERS.get(kind, _nothing)(doc)


def _notebook(notebook: "Doc[Any]") -> None:
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


def _chat(chat: "Doc[Any]") -> None:
    for message in chat.get("messages", type=Array):
        shown = message.get("mime_model") if isinstance(message, Map) else None
        plain = shown.to_py() if isinstance(shown, Map) else shown
        if isinstance(plain, dict) and KEY in plain:
            message["mime_model"] = {k: v for k, v in plain.items() if k != KEY}


def _nothing(_doc: "Doc[Any]") -> None:
    """Leave alone what holds nothing that could run."""


STRIPPERS = {"notebook": _notebook, "chat": _chat}
