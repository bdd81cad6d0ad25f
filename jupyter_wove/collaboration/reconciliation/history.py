"""Histories of documents: opened, changed, and what that added to them."""

from collections.abc import Callable
from typing import Any

from jupyter_ydoc import ydocs
from jupyter_ydoc.ybasedoc import YBaseDoc
from pycrdt import Doc


def opened(state: bytes) -> "Doc[Any]":
    """Open a history, as one more person who has it."""
    doc: Doc[Any] = Doc()
    doc.apply_update(state)
    return doc


def document(kind: str, doc: "Doc[Any]") -> YBaseDoc:
    """See a history as the document of its kind; an unknown one as a text."""
    seen: YBaseDoc = ydocs.get(kind, ydocs["file"])(doc)
    return seen


def changes(doc: "Doc[Any]", change: Callable[[], None]) -> list[bytes]:
    """Do something in one transaction; return what that added, nothing or one update."""
    added: list[bytes] = []
    subscription = doc.observe(lambda event: added.append(event.update))
    with doc.transaction():
        change()
    doc.unobserve(subscription)
    return added
