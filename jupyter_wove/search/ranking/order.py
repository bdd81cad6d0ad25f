"""Puts what was found in order, and takes together what belongs together."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log1p
from typing import NamedTuple
from uuid import UUID

from jupyter_wove.search.engines import Found

STARS = 0.02  # what the logarithm of the stars adds to a score, the best being 1
MOST_OF_ONE_PROJECT = 3  # among results of every kind
WINDOW = 200  # as many of the best are put in order of taste

Gains = Callable[[Sequence[Found]], dict[UUID, float]]


class Key(NamedTuple):
    """By what results are ordered, the smallest first; no two are the same."""

    score: float
    is_remix: bool
    number: int


class Ranked(NamedTuple):
    """A result in its place; others of its family, so many projects, are not shown."""

    found: Found
    key: Key
    remixes: int


def ranked(
    found: Sequence[Found], gains: Gains, *, every_kind: bool, every_remix: bool
) -> list[Ranked]:
    """Put what was found in order: best first, one project of each family, a few of each."""
    best = max((each.score for each in found), default=0.0) or 1.0
    order = sorted(found, key=lambda each: _key(each, best, 0.0))
    liked = gains(order[:WINDOW])
    keyed = [(_key(each, best, liked.get(each.project, 0.0)), each) for each in order]
    results = [Ranked(each, key, 0) for key, each in sorted(keyed, key=lambda each: each[0])]
    together = results if every_remix else list(_families(results))
    return list(_some_of_each(together)) if every_kind else together


def _key(each: Found, best: float, gain: float) -> Key:
    score = each.score / best * (1 + gain) + STARS * log1p(max(each.stars, 0))
    is_remix = each.family is not None and each.family != each.project
    return Key(-score, is_remix, each.id)


def _families(results: Iterable[Ranked]) -> Iterator[Ranked]:
    """Keep, of each family, the project that is best, and count the others."""
    kept = list(results)
    members: dict[UUID, set[UUID]] = {}
    first: dict[UUID, UUID] = {}
    for each in kept:
        family = each.found.family or each.found.project
        members.setdefault(family, set()).add(each.found.project)
        first.setdefault(family, each.found.project)
    for each in kept:
        family = each.found.family or each.found.project
        if first[family] == each.found.project:
            yield each._replace(remixes=len(members[family]) - 1)


def _some_of_each(results: Iterable[Ranked]) -> Iterator[Ranked]:
    seen: Counter[UUID] = Counter()
    for each in results:
        seen[each.found.project] += 1
        if seen[each.found.project] <= MOST_OF_ONE_PROJECT:
            yield each
