"""The smallest edits that make one text of another, done in a shared text.

A word is replaced as a whole: of one that was changed letter by letter, half would be left where
somebody else deletes it meanwhile.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from operator import eq
from typing import Any, NamedTuple

from pycrdt import Doc, Text

from jupyter_wove.projects import Effort, blocks

MOST_CHARACTERS = 2000  # of a block of lines that is compared word by word

_WORD = re.compile(r"[A-Za-z0-9_]+|.", re.DOTALL)
TELLING = 8  # characters that are not there twice by chance


class Edit(NamedTuple):
    """Characters `start:end` of a text become others."""

    start: int
    end: int
    new: str


def edits(old: str, new: str) -> list[Edit]:
    """List what differs between two texts, in order: by lines, and within them by words."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    effort = Effort()
    places = _places(before)
    found: list[Edit] = []
    for block in blocks(before, after, effort):
        was = "".join(before[block.old_start : block.old_end])
        becomes = "".join(after[block.new_start : block.new_end])
        found += _within(places[block.old_start], was, becomes, effort)
    return found


def news(base: str, ours: str, theirs: str) -> list[Edit]:
    """List what `theirs` changed of `base`, but for what `ours` has of it already."""
    made = edits(base, ours)
    return [part for edit in edits(base, theirs) for part in _beyond(edit, made)]


def _beyond(theirs: Edit, made: list[Edit]) -> list[Edit]:
    """Leave out of an edit what was done already: all of it, or what now stands in its midst."""
    rest, parts = theirs, list[Edit]()
    for ours in made:
        if _has(ours, rest):
            return parts
        if _has(rest, ours):
            before, _, after = rest.new.partition(ours.new)
            parts.append(Edit(rest.start, ours.start, before))
            rest = Edit(ours.end, rest.end, after)
    return [*parts, rest]


def _has(ours: Edit, theirs: Edit) -> bool:
    """Tell whether one edit did what the other one does, and perhaps more at the same place."""
    around = ours.start <= theirs.start and theirs.end <= ours.end
    return ours == theirs or (around and len(theirs.new) >= TELLING and theirs.new in ours.new)


def merged(base: str, ours: str, theirs: str) -> str:
    """Merge two texts that were made from one as Yjs does."""
    doc: Doc[Any] = Doc({"text": Text(base)})
    fork: Doc[Any] = Doc({"text": Text()})
    fork.apply_update(doc.get_update())
    write(fork.get("text", type=Text), news(base, ours, theirs))
    write(doc.get("text", type=Text), edits(base, ours))
    doc.apply_update(fork.get_update())
    return str(doc.get("text", type=Text))


def write(text: Text, changes: list[Edit]) -> None:
    """Edit a shared text, which counts in bytes of UTF-8."""
    for start, end, new in reversed(list(_in_bytes(str(text), changes))):
        if end > start:
            del text[start:end]
        if new:
            text.insert(start, new)


def _in_bytes(text: str, changes: list[Edit]) -> Iterator[Edit]:
    place = count = 0
    for change in changes:
        start = count + len(text[place : change.start].encode())
        count = start + len(text[change.start : change.end].encode())
        place = change.end
        yield Edit(start, count, change.new)


def _within(start: int, was: str, becomes: str, effort: Effort) -> list[Edit]:
    if max(len(was), len(becomes)) > MOST_CHARACTERS:
        return [Edit(start, start + len(was), becomes)]
    before, after = _WORD.findall(was), _WORD.findall(becomes)
    places = [start + place for place in _places(before)]
    return [
        _trimmed(
            places[block.old_start],
            "".join(before[block.old_start : block.old_end]),
            "".join(after[block.new_start : block.new_end]),
        )
        for block in blocks(before, after, effort)
    ]


def _trimmed(start: int, was: str, becomes: str) -> Edit:
    """Only put letters into a word, or take some out, where that is all that happened."""
    head = _alike(was, becomes)
    tail = _alike(was[head:][::-1], becomes[head:][::-1])
    if head + tail < min(len(was), len(becomes)):
        return Edit(start, start + len(was), becomes)
    return Edit(start + head, start + len(was) - tail, becomes[head : len(becomes) - tail])


def _alike(one: str, other: str) -> int:
    return sum(takewhile(bool, map(eq, one, other)))


def _places(lines: list[str]) -> list[int]:
    places = [0]
    for line in lines:
        places.append(places[-1] + len(line))
    return places
