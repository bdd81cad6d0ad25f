"""The order of *trending*: what people did with a project, worth half as much each week.

A sum of weights that decay exponentially keeps its order when every term is scaled alike. So the
weights are counted *forward* from a fixed day instead of backward from now (forward decay, Cormode
et al., ICDE 2009), and the logarithm of the sum is kept: it never has to be computed anew.
"""

import math
from datetime import UTC, datetime, timedelta

HALF_LIFE = timedelta(days=7)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
PUBLISHED, STARRED, REMIXED = 1.0, 1.0, 3.0
NOTHING = -1e9  # the logarithm of (nearly) no heat
ROUNDING = 1e-12


def warmer(heat: float, weight: float, at: datetime) -> float:
    """Add what happened at a moment to a heat (base-2 logarithm of a sum of weights)."""
    term = _term(weight, at)
    high, low = max(heat, term), min(heat, term)
    return high + math.log2(1 + 2 ** (low - high))


def cooler(heat: float, weight: float, at: datetime) -> float:
    """Take what happened at a moment out of a heat again."""
    rest = 1 - 2 ** (_term(weight, at) - heat)
    return heat + math.log2(rest) if rest > ROUNDING else NOTHING


def _term(weight: float, at: datetime) -> float:
    return (at - EPOCH) / HALF_LIFE + math.log2(weight)
