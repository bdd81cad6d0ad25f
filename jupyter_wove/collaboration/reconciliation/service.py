"""Merge a file into a history by Yjs itself: the file's changes are those of one more person.

What a text became is compared with what it was made from, and edited there; that the document
went on meanwhile is for Yjs to merge. Nothing here guesses what belongs together.
"""

from typing import Any

from jupyter_ydoc import YNotebook
from jupyter_ydoc.yunicode import YUnicode
from pycrdt import Text, merge_updates

from jupyter_wove.collaboration.reconciliation.history import changes, document, opened
from jupyter_wove.collaboration.reconciliation.models import Reconciled
from jupyter_wove.collaboration.reconciliation.notebooks import is_same, take_in_notebook
from jupyter_wove.collaboration.reconciliation.texts import news, write


def reconcile(kind: str, state: bytes, base: bytes | None, file: Any) -> Reconciled:
    """Find what takes a file into a document.

    `kind` is its Yjs type; `state` its history and `base` an earlier part of that, from which the
    file was made, as whole updates; `file` the content as `jupyter_ydoc` has it. Pure, and safe in
    a thread.
    """
    held = document(kind, opened(state)).get()
    if held == file or (kind == "notebook" and is_same(held, file)):
        return Reconciled(None)
    if base is None:
        return Reconciled(None, is_unrelated=True)
    updates = _updates(kind, state, base, file)
    if updates is None:
        return Reconciled(None, is_unrelated=True)
    return Reconciled(merge_updates(*updates) if updates else None)


def edited(kind: str, state: bytes, content: Any) -> bytes | None:
    """Find the smallest edits that make a document hold a content; None where it does."""
    return reconcile(kind, state, state, content).update


def _updates(kind: str, state: bytes, base: bytes, file: Any) -> list[bytes] | None:
    seen = document(kind, opened(base))
    if isinstance(seen, YNotebook):
        return take_in_notebook(state, base, file)
    if isinstance(seen, YUnicode):
        return _text(kind, state, base, file)
    return _replaced(kind, state, base, file)


def _text(kind: str, state: bytes, base: bytes, file: str) -> list[bytes]:
    fork = opened(base)
    was, made = document(kind, fork).get(), document(kind, opened(state)).get()
    wanted = news(was, made, file)
    text: Text = fork.get("source", type=Text)
    return changes(fork, lambda: write(text, wanted))


def _replaced(kind: str, state: bytes, base: bytes, file: Any) -> list[bytes] | None:
    """Take the file for a document that nobody has changed; of another one we know no parts."""
    doc = opened(state)
    found = document(kind, doc)
    if found.get() != document(kind, opened(base)).get():
        return None
    return changes(doc, lambda: found.set(file))
