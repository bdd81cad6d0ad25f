"""Compare and merge texts line by line, at a bounded cost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import msgspec

from jupyter_wove.projects.notebooks.order import rising

CONTEXT = 3
DEEPEST = 500  # changed lines that are compared exactly; the memory grows with its square
LineOp = Literal[" ", "+", "-", "="]


class Line(msgspec.Struct, frozen=True):
    """A kept (" "), added ("+") or removed ("-") line, or "=" for `count` kept ones not shown."""

    op: LineOp
    text: str
    count: int


class Block(NamedTuple):
    """Lines `old_start:old_end` became lines `new_start:new_end`."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass
class Effort:
    """How many steps of comparing are left; beyond them a difference is shown as a whole."""

    steps: int = 1_500_000

    def spend(self, steps: int) -> bool:
        """Take steps, if there are that many left."""
        self.steps -= steps
        return self.steps >= 0


def split(text: str) -> list[str]:
    """Split into lines that join with newlines to exactly the same text; none if it is empty."""
    return text.split("\n") if text else []


def diff_lines(old: str, new: str, effort: Effort) -> list[Line]:
    """Compare two texts in full."""
    return list(_marked(split(old), split(new), effort))


def fold(lines: list[Line], context: int = CONTEXT) -> list[Line]:
    """Replace kept lines that are far from any change by their count."""
    near = _near_changes(lines, context)
    folded: list[Line] = []
    for line, shown in zip(lines, near, strict=True):
        if shown:
            folded.append(line)
        elif folded and folded[-1].op == "=":
            folded[-1] = Line("=", "", folded[-1].count + 1)
        else:
            folded.append(Line("=", "", 1))
    return folded


def blocks(old: list[str], new: list[str], effort: Effort) -> list[Block]:
    """List what differs between two lists of lines, in order."""
    start, end = _common_ends(old, new)
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    if not a and not b:
        return []
    pairs = _matches(a, b, effort) if a and b else []
    return list(_gaps(pairs, len(a), len(b), start))


def merge_lines(
    base: str, ours: str, theirs: str, effort: Effort, winner: Literal[0, 1] | None = None
) -> str | None:
    """Merge two changes of a text; return None if they touch the same place differently.

    Unless there is a `winner`, 0 for ours and 1 for theirs, whose version such places get.
    """
    lines = split(base)
    sides = (split(ours), split(theirs))
    edits = [
        (block, side) for side, text in enumerate(sides) for block in blocks(lines, text, effort)
    ]
    edits.sort(key=lambda edit: (edit[0].old_start, edit[0].old_end))
    merged: list[str] = []
    position = 0
    for group in _groups(edits):
        start, end = group[0][0].old_start, max(block.old_end for block, _ in group)
        versions = [_apply(lines, group, sides[side], side, start, end) for side in (0, 1)]
        touching = {side for _, side in group}
        clashes = len(touching) > 1 and versions[0] != versions[1]
        if clashes and winner is None:
            return None
        chosen = winner if clashes and winner is not None else min(touching)
        merged += lines[position:start] + versions[chosen]
        position = end
    return "\n".join(merged + lines[position:])


def _apply(
    base: list[str],
    group: list[tuple[Block, int]],
    text: list[str],
    side: int,
    start: int,
    end: int,
) -> list[str]:
    result: list[str] = []
    position = start
    for block in (block for block, whose in group if whose == side):
        result += base[position : block.old_start] + text[block.new_start : block.new_end]
        position = block.old_end
    return result + base[position:end]


def _groups(edits: list[tuple[Block, int]]) -> Iterator[list[tuple[Block, int]]]:
    """Put edits together that overlap, or that insert where the other edits."""
    group: list[tuple[Block, int]] = []
    end = -1
    for edit in edits:
        block = edit[0]
        touches = block.old_start == end and (
            block.old_start == block.old_end or any(b.old_start == b.old_end for b, _ in group)
        )
        if group and (block.old_start < end or touches):
            group.append(edit)
        else:
            if group:
                yield group
            group = [edit]
        end = max(end, block.old_end)
    if group:
        yield group


def _marked(old: list[str], new: list[str], effort: Effort) -> Iterator[Line]:
    position = 0
    for block in blocks(old, new, effort):
        yield from (Line(" ", text, 1) for text in old[position : block.old_start])
        yield from (Line("-", text, 1) for text in old[block.old_start : block.old_end])
        yield from (Line("+", text, 1) for text in new[block.new_start : block.new_end])
        position = block.old_end
    yield from (Line(" ", text, 1) for text in old[position:])


def _near_changes(lines: list[Line], context: int) -> list[bool]:
    near = [False] * len(lines)
    for index, line in enumerate(lines):
        if line.op != " ":
            first = max(0, index - context)
            near[first : index + context + 1] = [True] * len(near[first : index + context + 1])
    return near


def _common_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _matches(a: list[str], b: list[str], effort: Effort) -> list[tuple[int, int]]:
    """Find a long common subsequence: the longest, or for great changes one of unique lines."""
    trace = _search(a, b, effort)
    if trace is None:
        return _unique_matches(a, b)
    pairs: list[tuple[int, int]] = []
    x, y = len(a), len(b)
    for depth in range(len(trace) - 1, -1, -1):
        start_x, start_y = _step_before(trace[depth], depth, x - y)
        while x > start_x and y > start_y and a[x - 1] == b[y - 1]:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = start_x, start_y
    return pairs[::-1]


def _step_before(ends: dict[int, int], depth: int, k: int) -> tuple[int, int]:
    if depth == 0:
        return 0, 0
    down = k == -depth or (k != depth and ends[k - 1] < ends[k + 1])
    before = k + 1 if down else k - 1
    return ends[before], ends[before] - before


def _unique_matches(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    in_a, in_b = Counter(a), Counter(b)
    places = {text: place for place, text in enumerate(a) if in_a[text] == 1}
    pairs = [
        (places[text], place) for place, text in enumerate(b) if in_b[text] == 1 and text in places
    ]
    return [pairs[number] for number in rising([place for place, _ in pairs])]


def _search(a: list[str], b: list[str], effort: Effort) -> list[dict[int, int]] | None:
    """Walk the edit graph (Myers, 1986); None if that takes too long."""
    trace: list[dict[int, int]] = []
    ends = {1: 0}
    for depth in range(min(len(a) + len(b), DEEPEST) + 1):
        if not effort.spend(depth + 1):
            return None
        trace.append(dict(ends))
        for k in range(-depth, depth + 1, 2):
            down = k == -depth or (k != depth and ends[k - 1] < ends[k + 1])
            x = ends[k + 1] if down else ends[k - 1] + 1
            while x < len(a) and x - k < len(b) and a[x] == b[x - k]:
                x += 1
            ends[k] = x
            if x >= len(a) and x - k >= len(b):
                return trace
    return None


def _gaps(pairs: list[tuple[int, int]], old: int, new: int, offset: int) -> Iterator[Block]:
    x = y = 0
    for a, b in [*pairs, (old, new)]:
        if a > x or b > y:
            yield Block(x + offset, a + offset, y + offset, b + offset)
        x, y = a + 1, b + 1
