"""Find again what a comment is about, however its document changed; or say that it is outdated.

The browser finds it the same way (`labextension/src/comments/anchors.ts`): both are held to the
cases in `tests/unit/comments/anchors.json`. All places count characters.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jupyter_wove.collaboration.comments.models import Anchor, Found, Mark, Quote
from jupyter_wove.projects import Cell, CellType, match

KEPT = 2000  # characters of a cell that are remembered
MOST_OTHERS = 50
CONTEXT = 16  # characters around words that tell where they stood
SHORT = 4  # characters; so few are found nearly everywhere
ALIKE = 0.5  # of the words
LONGEST = 100_000  # characters in which changed words are looked for

_WORD = re.compile(r"\w+|[^\w\s]")


class Piece(NamedTuple):
    """A cell, as far as it matters here."""

    id: str
    type: CellType
    source: str


Content = list[Piece] | str
"""The cells of a notebook, or a text."""


class Spot(NamedTuple):
    """Some characters of a text, and whether they are surely those."""

    start: int
    end: int
    is_certain: bool


def mark(pieces: list[Piece], id_: str) -> Mark | None:
    """Remember a cell, so that it is found again; None where there is none of this id."""
    piece = next((each for each in pieces if each.id == id_), None)
    if piece is None:
        return None
    alike = _alike(Mark(piece.id, piece.type, piece.source[:KEPT], len(piece.source), []), pieces)
    others = [each.id for each in alike if each.id != id_][:MOST_OTHERS]
    return Mark(piece.id, piece.type, piece.source[:KEPT], len(piece.source), others)


def find(anchor: Anchor, content: Content) -> Found:
    """Find what is meant in the cells of a notebook, or in a text."""
    if isinstance(content, str):
        return _in_piece(anchor.quote, content, None, is_certain=True)
    if anchor.cell is None:
        return Found("certain", None, None, None)
    piece = _find_cell(anchor.cell, content)
    if piece is None:
        return Found("outdated", None, None, None)
    is_certain = piece.id == anchor.cell.id or _is_same(anchor.cell, piece)
    return _in_piece(anchor.quote, piece.source, piece.id, is_certain)


def find_quote(quote: Quote, text: str) -> Spot | None:
    """Find words: where they stood, elsewhere, between what stood around them, or changed."""
    end = quote.start + len(quote.text)
    if text[quote.start : end] == quote.text:
        return Spot(quote.start, end, is_certain=True)
    return _elsewhere(quote, text) or _between(quote, text) or _changed(quote, text)


def _in_piece(quote: Quote | None, text: str, cell: str | None, is_certain: bool) -> Found:
    if quote is None:
        return Found("certain" if is_certain else "likely", cell, None, None)
    spot = find_quote(quote, text)
    if spot is None:
        return Found("outdated", cell, None, None)
    return Found("certain" if is_certain and spot.is_certain else "likely", cell, *spot[:2])


# -------------------------------------------------------------------------------------- the cell


def _find_cell(sought: Mark, pieces: list[Piece]) -> Piece | None:
    own = next((piece for piece in pieces if piece.id == sought.id), None)
    if own is not None or not sought.length:
        return own
    new = [piece for piece in pieces if piece.id not in sought.others]
    return next((piece for piece in new if _is_same(sought, piece)), None) or next(
        _alike(sought, new), None
    )


def _is_same(sought: Mark, piece: Piece) -> bool:
    return (
        piece.type == sought.type
        and len(piece.source) == sought.length
        and piece.source[:KEPT] == sought.source
    )


def _alike(sought: Mark, pieces: Iterable[Piece]) -> Iterator[Piece]:
    old = [_as_cell(sought.type, sought.source)]
    for piece in pieces:
        if match(old, [_as_cell(piece.type, piece.source[:KEPT])]):
            yield piece


def _as_cell(type_: CellType, source: str) -> Cell:
    return Cell(None, type_, source, [], None, {}, {})


# ------------------------------------------------------------------------------------- the words


def _elsewhere(quote: Quote, text: str) -> Spot | None:
    """Find the same words where most of what stood around them stands, or the nearest."""
    spots = (
        (fits, -abs(start - quote.start), start)
        for start in _occurrences(quote.text, text)
        if (fits := _fits(quote, text, start)) or len(quote.text) > SHORT
    )
    best = max(spots, default=None)
    return Spot(best[2], best[2] + len(quote.text), is_certain=True) if best else None


def _occurrences(words: str, text: str) -> Iterator[int]:
    start = text.find(words)
    while start != -1:
        yield start
        start = text.find(words, start + 1)


def _fits(quote: Quote, text: str, start: int) -> int:
    """Count how many characters around a place are as they were around the words."""
    before = _same(reversed(quote.before), reversed(text[max(0, start - 64) : start]))
    end = start + len(quote.text)
    return before + _same(quote.after, text[end : end + 64])


def _same(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _between(quote: Quote, text: str) -> Spot | None:
    """Find what stands now between the same characters on both sides."""
    before, after = quote.before[-CONTEXT:], quote.after[:CONTEXT]
    if len(before) < SHORT or len(after) < SHORT:
        return None
    at = text.find(before)
    start = at + len(before)
    end = text.find(after, start) if at != -1 else -1
    if end <= start or end - start > 2 * len(quote.text) + CONTEXT:
        return None
    return Spot(start, end, is_certain=False)


def _changed(quote: Quote, text: str) -> Spot | None:
    """Find as many lines as were meant with the most of the same words."""
    sought, count = _words(quote.text), quote.text.count("\n") + 1
    lines = text[:LONGEST].split("\n")
    best, spot, start = ALIKE, None, 0
    for first in range(len(lines) - count + 1):
        window = "\n".join(lines[first : first + count])
        share = _share(sought, _words(window))
        if share > best:
            best, spot = share, Spot(start, start + len(window), is_certain=False)
        start += len(lines[first]) + 1
    return spot


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _share(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
