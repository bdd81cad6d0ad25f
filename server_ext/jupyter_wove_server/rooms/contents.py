"""The content of a document, read away from the event loop."""

from collections import Counter
from typing import Any

from jupyter_ydoc import ydocs
from pycrdt import Doc

from jupyter_wove_server.rooms.digests import digest, without_trust


def content_of(kind: str, state: bytes) -> Any:
    """Read what a document of a kind holds whose history is this."""
    doc: Doc[Any] = Doc()
    doc.apply_update(state)
    return ydocs.get(kind, ydocs["file"])(doc).get()


def summed_up(kind: str, state: bytes) -> tuple[Any, str]:
    """Read what a document holds, and its digest."""
    content = content_of(kind, state)
    return content, digest(content)


def nearest(kind: str, states: list[bytes], file: Any) -> bytes | None:
    """Choose of some states the one that a file comes from; None where there is none."""
    wanted = _lines(file)
    return max(
        states,
        key=lambda state: (_lines(content_of(kind, state)) & wanted).total(),
        default=None,
    )


def safe(content: Any) -> Any:
    """Leave out of a content whom one person trusts."""
    return without_trust(content) if isinstance(content, dict) else content


def _lines(content: Any) -> Counter[str]:
    if isinstance(content, dict):
        texts = [str(cell.get("source", "")) for cell in content.get("cells", [])]
    else:
        texts = [str(content)]
    return Counter(line for text in texts for line in text.splitlines())
