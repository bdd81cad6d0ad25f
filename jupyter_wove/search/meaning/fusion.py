"""One order out of two: by words, and by meaning."""

from collections.abc import Hashable, Mapping
from typing import NamedTuple, TypeVar

CONSIDERED = 100  # of the nearest in meaning

# How much the meaning counts. Code is asked for by its names, and those are words.
TEXT, CODE = 0.7, 0.3

K = TypeVar("K", bound=Hashable)


class Worded(NamedTuple):
    """How well the words of a question fit: a score, 0 or more, and the share that was found."""

    score: float
    share: float


def fuse(words: Mapping[K, Worded], meaning: Mapping[K, float], alpha: float) -> dict[K, float]:
    """Score what was found by either, best first.

    Among the nearest, meaning counts from 0 to 1 between the farthest and the nearest of them; a
    word counts in proportion to the best.
    """
    near, said = _stretched(meaning), _said(words)
    scores = {
        key: alpha * near.get(key, 0.0) + (1 - alpha) * said.get(key, 0.0)
        for key in dict.fromkeys([*said, *near])
    }
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


def _stretched(cosines: Mapping[K, float]) -> dict[K, float]:
    nearest = sorted(cosines.items(), key=lambda item: -item[1])[:CONSIDERED]
    if not nearest:
        return {}
    most, least = nearest[0][1], nearest[-1][1]
    span = most - least
    return {key: (cosine - least) / span if span else 1.0 for key, cosine in nearest}


def _said(words: Mapping[K, Worded]) -> dict[K, float]:
    best = max((each.score for each in words.values()), default=0.0) or 1.0
    return {key: each.score / best * each.share for key, each in words.items()}
