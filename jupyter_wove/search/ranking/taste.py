"""What somebody likes, told by what they starred and remixed lately."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

HALF_LIFE = timedelta(days=30)
MOST = 0.2  # by which share of itself something may gain

Weights = dict[str, float]


def tastes(liked: Iterable[tuple[datetime, set[str]]], at: datetime) -> Weights:
    """Weigh tags and tools from 0 to 1: what was liked counts half as much after each 30 days."""
    sums: defaultdict[str, float] = defaultdict(float)
    for moment, traits in liked:
        age = max(at - moment, timedelta(0))
        for trait in traits:
            sums[trait.lower()] += 0.5 ** (age / HALF_LIFE)
    return {trait: weight / (1 + weight) for trait, weight in sums.items()}


def gain(weights: Weights, traits: Iterable[str]) -> float:
    """Tell by which share something of these traits is better for whoever likes those."""
    return MOST * min(1.0, sum(weights.get(trait.lower(), 0.0) for trait in traits))


def liked_of(weights: Weights, traits: Iterable[str]) -> list[str]:
    """Name the traits that are liked, most of all first."""
    known = {trait for trait in traits if trait.lower() in weights}
    return sorted(known, key=lambda trait: (-weights[trait.lower()], trait))
