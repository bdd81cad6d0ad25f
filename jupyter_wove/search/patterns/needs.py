"""What a text must hold to match a pattern at all, in runs of three characters.

An index knows for each three characters (a trigram) which texts hold them. Of a pattern we can
tell which trigrams each match has, and so which texts are worth reading. All is folded to small
letters; a need may let too much through, but never leaves out a text that matches.
"""

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

RUN = 3
MOST_PARTS = 200  # trigrams; what asks for more is asked less, for that would take long
MOST_OF_EVERY = 24  # trigrams of one long text; more of them leave out hardly anything more
DEEPEST = 12


class Every(msgspec.Struct, frozen=True):
    """All of these; of nothing, that is what every text has."""

    parts: frozenset["Need"]


class Some(msgspec.Struct, frozen=True):
    """Any of these; of nothing, that is what no text has."""

    parts: frozenset["Need"]


Need: TypeAlias = str | Every | Some
ANYTHING, IMPOSSIBLE = Every(frozenset()), Some(frozenset())


def every(needs: Iterable[Need]) -> Need:
    """Need all of these."""
    parts = _flat(needs, Every)
    if any(part == IMPOSSIBLE for part in parts):
        return IMPOSSIBLE
    return _only(parts) or _bounded(Every(parts))


def some(needs: Iterable[Need]) -> Need:
    """Need at least one of these."""
    parts = _flat(needs, Some)
    if any(part == ANYTHING for part in parts):
        return ANYTHING
    wide = {part for part in parts if isinstance(part, Every) and part.parts & parts}
    parts -= wide  # who has `a and b` has `a`, which is asked for already
    return _only(parts) or _shared(parts) or _bounded(Some(parts))


def holding(text: str) -> Need:
    """Need a text as it stands."""
    runs = dict.fromkeys(text[at : at + RUN] for at in range(len(text) - RUN + 1))
    step = max(1, len(runs) // MOST_OF_EVERY)
    return every(list(runs)[::step])


def _flat(needs: Iterable[Need], kind: type[Every] | type[Some]) -> frozenset[Need]:
    parts: set[Need] = set()
    for need in needs:
        parts |= need.parts if isinstance(need, kind) else {need}
    return frozenset(parts)


def _shared(parts: frozenset[Need]) -> Need | None:
    """Ask once for what each of these needs."""
    needs = [part.parts for part in parts if isinstance(part, Every)]
    shared = frozenset.intersection(*needs) if needs and len(needs) == len(parts) else None
    return every([*shared, some(every(each - shared) for each in needs)]) if shared else None


def _only(parts: frozenset[Need]) -> Need | None:
    return next(iter(parts)) if len(parts) == 1 else None


def _bounded(need: Every | Some) -> Need:
    if _size(need) <= MOST_PARTS and _depth(need) <= DEEPEST:
        return need
    runs = [part for part in need.parts if isinstance(part, str)]
    asked = sorted(runs)[:MOST_PARTS] if isinstance(need, Every) else []
    return Every(frozenset(asked))


def _size(need: Need) -> int:
    return 1 if isinstance(need, str) else sum(map(_size, need.parts))


def _depth(need: Need) -> int:
    return 0 if isinstance(need, str) else 1 + max(map(_depth, need.parts), default=0)
