"""How long a search may take."""

import time


class OutOfTime(Exception):
    """The time is over; what was found so far is all."""


class Budget:
    """A span of time that begins now, and whether it was enough to look at everything."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.left_out = False

    def is_over(self) -> bool:
        """Tell whether there is no time left."""
        return time.monotonic() > self._end

    def check(self) -> None:
        """Raise OutOfTime once it is over."""
        if self.is_over():
            self.left_out = True
            raise OutOfTime
