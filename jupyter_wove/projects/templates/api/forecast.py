"""A small forecast: the weighted mean of what was measured last."""

from collections.abc import Sequence


def smooth(values: Sequence[float], weight: float = 0.5) -> list[float]:
    """Follow the values with exponential smoothing; `weight` of the newest is in (0, 1]."""
    if not values:
        raise ValueError("Give at least one value.")
    if not 0 < weight <= 1:
        raise ValueError("The weight lies above 0 and is at most 1.")
    level = values[0]
    levels = []
    for value in values:
        level = weight * value + (1 - weight) * level
        levels.append(level)
    return levels


def forecast(values: Sequence[float], steps: int, weight: float = 0.5) -> list[float]:
    """Expect the last smoothed level for each of the next steps."""
    return [smooth(values, weight)[-1]] * steps
