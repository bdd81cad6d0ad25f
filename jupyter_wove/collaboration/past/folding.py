"""Fold the entries of a log to stretches of minutes, without what was gone at their end."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from jupyter_ydoc import ydocs
from pycrdt import Doc, merge_updates

from jupyter_wove.collaboration.past.models import FILE, SERVER, Entry, Stretch

LONGEST = timedelta(minutes=5)
TURN = timedelta(seconds=10)  # after which it is somebody else's turn, and no longer together
LARGE = 64 * 1024  # bytes, from which it can pay to leave out what was gone at the end


class Folded(NamedTuple):
    """A stretch with what it brought, as one update that builds on those before."""

    stretch: Stretch
    content: bytes


def stretches(entries: Iterable[Entry]) -> list[Stretch]:
    """Put together what was typed within five minutes by the same people, or by all at once."""
    found: list[Stretch] = []
    for entry in entries:
        if found and _goes_on(found[-1], entry):
            found[-1].last, found[-1].ended = entry.id, entry.at
            found[-1].authors.update(entry.authors)
            found[-1].updates.append(entry.content)
        else:
            authors, updates = set(entry.authors), [entry.content]
            found.append(Stretch(entry.id, entry.id, entry.at, entry.at, authors, updates))
    return found


def fold(kind: str, state: bytes | None, found: Iterable[Stretch]) -> tuple[bytes, list[Folded]]:
    """Make one update of each stretch; return the state after them too, `kind` being its Yjs type.

    What a program changed gets its author here.
    """
    doc: Doc[Any] = Doc()
    if state:
        doc.apply_update(state)
    folded = [Folded(stretch, _content(kind, doc, stretch)) for stretch in found]
    return doc.get_update(), folded


def state_of(updates: Iterable[bytes]) -> bytes:
    """Merge updates as a document does, which keeps nothing of what was deleted but its place."""
    doc: Doc[Any] = Doc()
    _apply(doc, updates)
    return doc.get_update()


def _goes_on(stretch: Stretch, entry: Entry) -> bool:
    others = entry.authors and stretch.authors and set(entry.authors) != stretch.authors
    is_short = entry.at - stretch.began < LONGEST
    # What a document began with is a moment by itself: the first edits are compared with it.
    is_new = others and (FILE in stretch.authors or entry.at - stretch.ended >= TURN)
    return is_short and not is_new


def _content(kind: str, doc: "Doc[Any]", stretch: Stretch) -> bytes:
    before = doc.get_state()
    if stretch.authors:
        _apply(doc, stretch.updates)
    elif _touched(kind, doc, stretch.updates) - {"state"}:
        stretch.authors.add(SERVER)
    size = sum(len(update) for update in stretch.updates)
    if size < LARGE:
        return merge_updates(*stretch.updates)
    left = doc.get_update(before)
    return left if len(left) < size // 2 else merge_updates(*stretch.updates)


def _touched(kind: str, doc: "Doc[Any]", updates: Iterable[bytes]) -> set[str]:
    """Apply updates; name the parts of the document that they changed."""
    parts: set[str] = set()
    seen = ydocs.get(kind, ydocs["file"])(doc)
    seen.observe(lambda part, _event: parts.add(part))
    _apply(doc, updates)
    seen.unobserve()
    return parts


def _apply(doc: "Doc[Any]", updates: Iterable[bytes]) -> None:
    for update in updates:
        doc.apply_update(update)
