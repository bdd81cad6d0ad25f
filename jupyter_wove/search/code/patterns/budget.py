"""How long a search may take."""

import time


class OutOfTime(Exception):
    """The time is over; what was found so far is all."""


class Budget:
    """A span of time that begins now, and whether it was enough to look at everything."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.left_out = False

    def check(self) -> None:
        """Raise OutOfTime once it is over."""
        if time.monotonic() > self._end:
            self.left_out = True
            raise OutOfTime
