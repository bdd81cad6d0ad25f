"""How soon each deployment began to answer of late, in the memory of this process."""

import time
from collections import deque
from collections.abc import Callable

HALF_LIFE = 300.0  # seconds, after which what was measured counts half
FORGOTTEN = 1800.0  # seconds, after which it counts nothing, and the deployment is tried anew
KEPT = 32  # measurements of each


class Speeds:
    """A median for each deployment in which what is new weighs most."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._measured: dict[str, deque[tuple[float, float]]] = {}

    def add(self, name: str, seconds: float) -> None:
        """Note after how many seconds one began to answer."""
        measured = self._measured.setdefault(name, deque(maxlen=KEPT))
        measured.append((self._clock(), seconds))

    def median(self, name: str) -> float | None:
        """Tell after how many seconds it begins; None where nobody knows."""
        at = self._clock()
        ages = ((at - when, seconds) for when, seconds in self._measured.get(name, ()))
        weighed = sorted((seconds, 0.5 ** (a / HALF_LIFE)) for a, seconds in ages if a < FORGOTTEN)
        left = sum(weight for _, weight in weighed) / 2
        for seconds, weight in weighed:
            left -= weight
            if left <= 0:
                return seconds
        return None
