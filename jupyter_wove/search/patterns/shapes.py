"""What every match of a piece of a pattern looks like, put together from its pieces.

This is the analysis of Russ Cox's "Regular Expression Matching with a Trigram Index": a piece is
known exactly while it stands for few texts; beyond that, we keep how its matches may begin and
end, and what they need in between.
"""

from collections.abc import Iterable
from typing import NamedTuple

from jupyter_wove.search.patterns.needs import ANYTHING, RUN, Need, every, some
from jupyter_wove.search.patterns.needs import holding as held

MOST = 16  # texts that a piece is known by
LONGEST = 64  # characters of one
EDGE = RUN - 1  # characters at a seam that make no trigram alone
MOST_COPIES = 3

_OPEN = frozenset([""])  # it may begin, or end, with anything


class Shape(NamedTuple):
    """All matches begin with one of `heads`, end with one of `tails` and have what they need.

    Where `exact` is known, the matches are precisely these, and nothing else is kept.
    """

    exact: frozenset[str] | None
    heads: frozenset[str] = _OPEN
    tails: frozenset[str] = _OPEN
    need: Need = ANYTHING


EMPTY = Shape(_OPEN)
UNKNOWN = Shape(None)


def one_of(texts: Iterable[str]) -> Shape:
    """Match one of these texts."""
    found = frozenset(texts)
    return Shape(found) if len(found) <= MOST else UNKNOWN


def joined(first: Shape, second: Shape) -> Shape:
    """Match one after the other."""
    if first.exact is not None and second.exact is not None:
        both = _crossed(first.exact, second.exact)
        if both and max(map(len, both)) <= LONGEST:
            return Shape(both)
    left, right = _loose(first), _loose(second)
    seam = _crossed(_ends(first), _starts(second))
    return Shape(
        None,
        _heads(first, second) or left.heads,
        _tails(first, second) or right.tails,
        every([left.need, right.need, _any_of(seam or _OPEN)]),
    )


def either(shapes: Iterable[Shape]) -> Shape:
    """Match one of these."""
    each = list(shapes)
    exact = frozenset(text for shape in each for text in shape.exact or ())
    if len(exact) <= MOST and all(shape.exact is not None for shape in each):
        return Shape(exact)
    loose = [_loose(shape) for shape in each]
    heads = frozenset(text for shape in loose for text in shape.heads)
    tails = frozenset(text for shape in loose for text in shape.tails)
    return Shape(None, _few(heads), _few(tails), some(shape.need for shape in loose))


def repeated(shape: Shape, least: int, most: int | None) -> Shape:
    """Match it so many times in a row; None is any number."""
    if most == 0:
        return EMPTY
    if least == 0:
        return either([EMPTY, shape]) if most == 1 else UNKNOWN
    copies = shape
    for _ in range(min(least, MOST_COPIES) - 1):
        copies = joined(copies, shape)
    return copies if least == most and least <= MOST_COPIES else _loose(copies)


def needed(shape: Shape) -> Need:
    """Tell what a text must hold to have a match of this shape in it."""
    return _loose(shape).need


def _loose(shape: Shape) -> Shape:
    """Forget what exactly is matched, and keep how it begins and ends and what it needs."""
    if shape.exact is None:
        return shape
    heads = frozenset(text[:EDGE] for text in shape.exact)
    tails = frozenset(text[-EDGE:] for text in shape.exact)
    return Shape(None, heads, tails, _any_of(shape.exact))


def _starts(shape: Shape) -> frozenset[str]:
    return shape.heads if shape.exact is None else shape.exact


def _ends(shape: Shape) -> frozenset[str]:
    return shape.tails if shape.exact is None else shape.exact


def _heads(first: Shape, second: Shape) -> frozenset[str] | None:
    """Tell how both together begin, where the first one is known and short."""
    both = first.exact is not None and _crossed(first.exact, _starts(second))
    return frozenset(text[:EDGE] for text in both) if both else None


def _tails(first: Shape, second: Shape) -> frozenset[str] | None:
    both = second.exact is not None and _crossed(_ends(first), second.exact)
    return frozenset(text[-EDGE:] for text in both) if both else None


def _crossed(firsts: frozenset[str], seconds: frozenset[str]) -> frozenset[str] | None:
    if len(firsts) * len(seconds) > MOST * MOST:
        return None
    both = frozenset(first + second for first in firsts for second in seconds)
    return both if len(both) <= MOST else None


def _few(texts: frozenset[str]) -> frozenset[str]:
    """Keep as much of each text as leaves few of them."""
    for length in range(EDGE, 0, -1):
        shorter = frozenset(text[:length] for text in texts)
        if len(shorter) <= MOST:
            return shorter
    return _OPEN


def _any_of(texts: frozenset[str]) -> Need:
    return some(held(text) for text in texts)
