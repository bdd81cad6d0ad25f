"""How long a search may take, and how many may take long at once."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(Exception):
    """The time is over; what was found so far is all."""


class Budget:
    """A span of time that begins now, and whether it was enough to look at everything."""

    def __init__(self, seconds: float) -> None:
        self._began = time.monotonic()
        self._seconds = seconds
        self.left_out = False

    def is_over(self) -> bool:
        """Tell whether there is no time left."""
        return time.monotonic() > self._began + self._seconds

    def check(self) -> None:
        """Raise OutOfTime once it is over."""
        if self.is_over():
            self.left_out = True
            raise OutOfTime

    def spend(self, seconds: float) -> None:
        """Count what another process took for it, where waiting for that does not count."""

    def extend(self, seconds: float) -> None:
        """Have so many seconds from the beginning."""
        self._seconds = seconds


class Moment(Budget):
    """A budget of `busy` seconds of this thread's processor time, within some seconds.

    Where others keep the processor busy, the answer is late anyhow, and need not be poor, too.
    """

    def __init__(self, busy: float, seconds: float) -> None:
        super().__init__(seconds)
        self._end = time.thread_time() + busy

    def spend(self, seconds: float) -> None:
        """Count what another process took, as if this thread had been busy."""
        self._end -= seconds

    def is_over(self) -> bool:
        """Tell whether there is no time left."""
        return time.thread_time() > self._end or super().is_over()


class Patience:
    """Gives each search a moment, and to a few at once the time that hard ones take.

    Hard ones would else keep all threads from those that are asked something easy.
    """

    def __init__(self, quick: float, long: float, at_once: int) -> None:
        self.quick, self.long = quick, long
        self._turns = threading.BoundedSemaphore(at_once)

    @contextmanager
    def budget(self) -> Iterator[Budget]:
        """Begin to search."""
        budget = _Patient(self)
        try:
            yield budget
        finally:
            budget.end()

    def take_turn(self) -> bool:
        """Take one of the turns, if there is one."""
        return self._turns.acquire(blocking=False)

    def give_back(self) -> None:
        """Let somebody else have the turn."""
        self._turns.release()


class _Patient(Budget):
    """A budget that asks for a turn when the quick part of it is over."""

    def __init__(self, patience: Patience) -> None:
        super().__init__(patience.quick)
        self._patience = patience
        self._has_asked = self._has_turn = False

    def is_over(self) -> bool:
        if super().is_over() and not self._has_asked:
            self._has_asked = True
            if self._patience.take_turn():
                self._has_turn = True
                self.extend(self._patience.long)
        return super().is_over()

    def end(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._patience.give_back()
