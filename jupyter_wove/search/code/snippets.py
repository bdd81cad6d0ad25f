"""The lines of a file that match, shown with what stands around them."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from jupyter_wove.search.code.models import Snippet
from jupyter_wove.search.engines.bodies import Body
from jupyter_wove.search.models import Fragment
from jupyter_wove.search.patterns import Line

LONGEST = 200  # characters of a line
BEFORE = 60  # of these, at most so many before the first hit
MORE = "…"


def snippets(body: Body, lines: Iterable[Line]) -> list[Snippet]:
    """Show lines, each with its neighbours; those that stand together are one snippet."""
    hits = list(lines)
    rows = {row.start: row for line in hits for row in _neighbours(body, line)}
    rows |= {line.start: line for line in hits}
    return [_snippet(body, block) for block in _blocks(body, [rows[at] for at in sorted(rows)])]


def _neighbours(body: Body, line: Line) -> Iterator[Line]:
    """Give the line before and the one after, where the same segment has them."""
    segment, end = body.segment(line.start)
    if line.start > segment.start:
        above = body.text.rfind(b"\n", segment.start, line.start - 1)
        yield Line(max(above + 1, segment.start), line.start - 1, [])
    if line.end < end:
        below = body.text.find(b"\n", line.end + 1, end)
        yield Line(line.end + 1, below if below >= 0 else end, [])


def _blocks(body: Body, rows: list[Line]) -> list[list[Line]]:
    """Part lines where one is left out, or another segment begins."""
    starts = {segment.start for segment in body.segments}
    blocks = [rows[:1]] if rows else []
    for above, row in pairwise(rows):
        if row.start == above.end + 1 and row.start not in starts:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def _snippet(body: Body, block: list[Line]) -> Snippet:
    segment, _ = body.segment(block[0].start)
    number = body.text.count(b"\n", segment.start, block[0].start) + 1
    lines = [_shown(body.text, line) for line in block]
    return Snippet(segment.section, segment.cell, segment.cell_id, number, lines)


def _shown(text: bytes, line: Line) -> list[Fragment]:
    """Cut a line into the pieces that are hits and those between; show a stretch of a long one."""
    pieces, at = list[Fragment](), line.start
    for start, end in line.hits:
        pieces += [
            Fragment(_plain(text[at:start]), False),
            Fragment(_plain(text[start:end]), True),
        ]
        at = end
    pieces.append(Fragment(_plain(text[at : line.end]), False))
    return [each for each in _stretch(pieces) if each.text]


def _plain(text: bytes) -> str:
    return text.rstrip(b"\r").decode(errors="replace")


def _stretch(pieces: list[Fragment]) -> list[Fragment]:
    head = pieces[0]
    if sum(len(each.text) for each in pieces) > LONGEST and len(head.text) > BEFORE:
        pieces = [Fragment(MORE + head.text[-BEFORE:], False), *pieces[1:]]
    shown, room = list[Fragment](), LONGEST
    for each in pieces:
        shown.append(Fragment(each.text[:room], each.hit))
        room -= len(shown[-1].text)
        if len(each.text) > len(shown[-1].text):
            return [*shown, Fragment(MORE, False)]
    return shown
