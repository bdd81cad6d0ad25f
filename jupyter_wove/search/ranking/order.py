"""Puts what was found in order, and takes together what belongs together."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import log1p
from typing import NamedTuple

from jupyter_wove.search.engines import Found

STARS = 0.02  # what the logarithm of the stars adds to a score, the best being 1
MOST_OF_ONE_PROJECT = 3  # among results of every kind
WINDOW = 200  # as many of the best are put in order of taste

Key = tuple[float, bool, int]
"""By what results are ordered, the smallest first; no two are the same."""

Gains = Callable[[Sequence[Found]], Mapping[str, float]]
Keyed = tuple[Key, Found]


class Ranked(NamedTuple):
    """A result in its place; others of its family, so many projects, are not shown."""

    found: Found
    key: Key
    remixes: int


def ranked(
    found: Sequence[Found], gains: Gains, *, every_kind: bool, every_remix: bool
) -> list[Ranked]:
    """Put what was found in order: best first, one project of each family, a few of each."""
    order = _ordered(found, {})
    if liked := gains([each for _, each in order[:WINDOW]]):
        order = _ordered(found, liked)
    some = list(_some_of_each(order) if every_kind else order)
    if every_remix:
        return [Ranked(each, key, 0) for key, each in some]
    return list(_families(some, order))


def _ordered(found: Sequence[Found], gains: Mapping[str, float]) -> list[Keyed]:
    best = max((each.score for each in found), default=0.0) or 1.0

    def key(each: Found) -> Key:
        score = each.score / best * (1 + gains.get(each.project, 0.0))
        score += STARS * log1p(each.stars) if each.stars > 0 else 0.0
        return (-score, each.family not in (None, each.project), each.id)

    return sorted((key(each), each) for each in found)


def _families(some: Iterable[Keyed], order: Iterable[Keyed]) -> Iterator[Ranked]:
    """Keep, of each family, the project that is best, and count the others."""
    first: dict[str, str] = {}
    others: dict[str, set[str]] = {}
    for _, each in order:
        family = each.family or each.project
        if first.setdefault(family, each.project) != each.project:
            others.setdefault(family, set()).add(each.project)
    for key, each in some:
        family = each.family or each.project
        if first[family] == each.project:
            yield Ranked(each, key, len(others.get(family, ())))


def _some_of_each(order: Iterable[Keyed]) -> Iterator[Keyed]:
    seen: Counter[str] = Counter()
    for key, each in order:
        seen[each.project] += 1
        if seen[each.project] <= MOST_OF_ONE_PROJECT:
            yield key, each
