"""Compare two versions of a plain text file."""

from collections.abc import Iterator

import msgspec

from jupyter_wove.projects.notebooks.lines import CONTEXT, Effort, Line, diff_lines, fold
from jupyter_wove.projects.notebooks.read import plain_text

SNIFF = 8000  # bytes
MOST_LINES = 10_000
LARGEST = 5_000_000


class Hunk(msgspec.Struct, frozen=True):
    """Changed lines with their neighbours; starts count from 1."""

    old_start: int
    new_start: int
    lines: list[Line]


class TextDiff(msgspec.Struct, frozen=True):
    """What differs between two texts; binary and very large files have no hunks to show."""

    binary: bool
    truncated: bool
    hunks: list[Hunk]


def diff_text(old: bytes, new: bytes) -> TextDiff:
    """Compare two files; at most `MOST_LINES` lines are shown."""
    if is_binary(old) or is_binary(new):
        return TextDiff(True, False, [])
    if old != new and max(len(old), len(new)) > LARGEST:
        return TextDiff(False, True, [])
    lines = diff_lines(_decoded(old), _decoded(new), Effort())
    return _limited(list(_hunks(fold(lines, CONTEXT))))


def is_binary(content: bytes) -> bool:
    """Tell binary data from text as git does: by a zero byte near the start."""
    return b"\0" in content[:SNIFF]


def _decoded(content: bytes) -> str:
    return plain_text(content.decode(errors="replace"))


def _hunks(lines: list[Line]) -> Iterator[Hunk]:
    old = new = 1
    current: list[Line] = []
    for line in lines:
        if line.op == "=" and current:
            yield _hunk(old, new, current)
            current = []
        elif line.op != "=":
            current.append(line)
        old += line.count if line.op != "+" else 0
        new += line.count if line.op != "-" else 0
    if current:
        yield _hunk(old, new, current)


def _hunk(old: int, new: int, lines: list[Line]) -> Hunk:
    kept_or_removed = sum(line.op != "+" for line in lines)
    kept_or_added = sum(line.op != "-" for line in lines)
    return Hunk(old - kept_or_removed, new - kept_or_added, lines)


def _limited(hunks: list[Hunk]) -> TextDiff:
    shown: list[Hunk] = []
    room = MOST_LINES
    for hunk in hunks:
        if room > 0:
            shown.append(msgspec.structs.replace(hunk, lines=hunk.lines[:room]))
        room -= len(hunk.lines)
    return TextDiff(False, room < 0, shown)
