"""The little statistics there is: intervals of shares, and whether two shares differ."""

import math
from statistics import NormalDist


def wilson(count: int, of: int, doubt: float = 0.05) -> tuple[float, float]:
    """Tell between what a share lies, unless one is wrong with this probability."""
    if of == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(1 - doubt / 2)
    share = count / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def difference(
    one: tuple[int, int], other: tuple[int, int], doubt: float = 0.05
) -> tuple[float, float]:
    """Tell between what the first share less the second lies (Newcombe's hybrid interval)."""
    (low, high), (other_low, other_high) = wilson(*one, doubt), wilson(*other, doubt)
    share, other_share = one[0] / one[1], other[0] / other[1]
    middle = share - other_share
    down = math.hypot(share - low, other_high - other_share)
    up = math.hypot(high - share, other_share - other_low)
    return middle - down, middle + up


def chance(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Tell how likely the first count is as high or higher by chance (Fisher's exact test)."""
    (count, of), (other_count, other_of) = one, other
    total, drawn = of + other_of, count + other_count
    most = min(of, drawn)
    ways = _choose(total, drawn)
    likely = (_choose(of, k) + _choose(other_of, drawn - k) - ways for k in range(count, most + 1))
    return min(1.0, math.fsum(math.exp(each) for each in likely))


def doubt_of_look(number: int, doubt: float) -> float:
    """Share a doubt between looks without end: 1/2 for the first, 1/6, 1/12 and so on.

    Whoever looks again and again is wrong with no more than the doubt in all.
    """
    return doubt / (number * (number + 1))


def _choose(total: int, drawn: int) -> float:
    """Tell the logarithm of the number of ways."""
    if not 0 <= drawn <= total:
        return -math.inf
    return math.lgamma(total + 1) - math.lgamma(drawn + 1) - math.lgamma(total - drawn + 1)
