"""Between what a mean lies: by drawing the rows again and again (the percentile bootstrap)."""

import math
import random
from collections.abc import Sequence
from statistics import fmean

DRAWN = 1_000  # times
FEWEST = 5  # rows of which anything can be said
SEED = 20_251_101  # the same rows give the same interval, whoever asks and whenever


def interval(values: Sequence[float], doubt: float = 0.05) -> tuple[float, float] | None:
    """Tell between what the mean of such values lies, unless one is wrong with this probability.

    None for fewer than five. B. Efron, "Bootstrap Methods", Ann. Statist. 7 (1979).
    """
    if len(values) < FEWEST:
        return None
    drawing = random.Random(SEED)  # noqa: S311 — nothing here is secret
    means = sorted(fmean(drawing.choices(values, k=len(values))) for _ in range(DRAWN))
    least = math.floor(doubt / 2 * DRAWN)
    return means[least], means[DRAWN - 1 - least]


def median(values: Sequence[float]) -> float | None:
    """Tell the value that half of them do not pass."""
    return share_of(values, 0.5)


def share_of(values: Sequence[float], share: float) -> float | None:
    """Tell the value that this share of them does not pass; None where there are none."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
