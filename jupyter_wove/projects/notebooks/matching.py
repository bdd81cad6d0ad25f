"""Recognise the cells of one version of a notebook in another."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from jupyter_wove.projects.notebooks.read import Cell

ALIKE = 0.5
COMPARED = 4000  # characters of a source that are looked at
LOOK_AHEAD = 3  # neighbours that a changed cell is compared with

_WORD = re.compile(r"\w+|[^\w\s]")


def match(old: list[Cell], new: list[Cell]) -> dict[int, int]:
    """Map indices in `new` to indices in `old`: by id, by equal source, by likeness in place."""
    pairs = _by_id(old, new)
    _add(pairs, _by_source(old, new, pairs))
    _add(pairs, _by_likeness(old, new, pairs))
    return pairs


def alike(one: str, other: str) -> bool:
    """Tell whether more than half of the words of two texts are the same."""
    first, second = _words(one[:COMPARED]), _words(other[:COMPARED])
    total = first.total() + second.total()
    return total > 0 and 2 * (first & second).total() / total > ALIKE


@lru_cache(maxsize=2048)
def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _add(pairs: dict[int, int], more: Iterator[tuple[int, int]]) -> None:
    for new, old in list(more):
        pairs[new] = old


def _by_id(old: list[Cell], new: list[Cell]) -> dict[int, int]:
    places = {cell.id: place for place, cell in enumerate(old) if cell.id is not None}
    return {place: places[cell.id] for place, cell in enumerate(new) if cell.id in places}


def _by_source(
    old: list[Cell], new: list[Cell], pairs: dict[int, int]
) -> Iterator[tuple[int, int]]:
    taken = set(pairs.values())
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place in reversed(range(len(old))):
        if place not in taken:
            places[old[place].type, old[place].source].append(place)
    for place, cell in enumerate(new):
        if place not in pairs and places.get((cell.type, cell.source)):
            yield place, places[cell.type, cell.source].pop()


def _by_likeness(
    old: list[Cell], new: list[Cell], pairs: dict[int, int]
) -> Iterator[tuple[int, int]]:
    taken = set(pairs.values())
    last = -1
    for place, cell in enumerate(new):
        if place in pairs:
            last = pairs[place]
            continue
        for candidate in _next_free(old, taken, last):
            if old[candidate].type == cell.type and alike(old[candidate].source, cell.source):
                taken.add(candidate)
                last = candidate
                yield place, candidate
                break


def _next_free(old: list[Cell], taken: set[int], last: int) -> Iterator[int]:
    for candidate in range(last + 1, min(last + 1 + LOOK_AHEAD, len(old))):
        if candidate in taken:
            return
        yield candidate
