"""How many visitors an app has memory for, where each has a program of their own."""

import time
from collections import deque

from jupyter_wove.runner import Plan
from jupyter_wove_runner.proxy import Busy, Wish

# Megabytes that an app has before anybody comes, and that one more visitor takes, as a rule; what
# is measured counts where it is more.
SHARES = {"voila": (100, 75), "solara": (120, 25)}
# Where the program of a visitor begins, whoever asks: not only browsers do.
BEGINS = {"voila": ("/", "/voila/render/")}
MEGABYTE = 1024 * 1024
FULL = 0.95  # of its memory
COMING = 30  # seconds from a page until it connects
ENDED = 360  # seconds after which programs of visitors who have gone have ended, as recipes say


class Sessions:
    """The visitors of one version of an app, as far as memory goes.

    A page that was given out will connect soon, and counts until then.
    """

    def __init__(self, plan: Plan) -> None:
        idle, share = SHARES.get(plan.kind, (0, 0))
        self._share = share * MEGABYTE
        self._room = plan.memory_mb * MEGABYTE * FULL
        self._begins = BEGINS.get(plan.kind, ())
        self._coming: deque[float] = deque()
        self._last = float("-inf")  # when somebody came, or was there
        self.idle = idle * MEGABYTE  # when nobody has come
        self.memory = 0

    def measured(self, memory: int, sockets: int) -> None:
        """Hear how many bytes the app has now."""
        self.memory = memory
        if sockets:
            self._last = time.monotonic()
        elif self._is_quiet():
            self.idle = memory

    def most(self) -> int:
        """Say for how many visitors there is room."""
        return max(1, int((self._room - self.idle) // self._share)) if self._share else 0

    def admit(self, wish: Wish, sockets: int) -> None:
        """Take another visitor. Raises Busy."""
        begins = wish.page or self._is_begun_at(wish.path)
        if not self._share or not (begins or wish.socket):
            return
        waiting = self._waiting()
        if wish.socket and waiting:
            self._coming.popleft()  # it is the one who was expected
        elif self._is_full(sockets + waiting):
            raise Busy("So many people use this app now that it has no memory for more.")
        self._last = time.monotonic()
        if begins:
            self._coming.append(time.monotonic())

    def _is_begun_at(self, path: str) -> bool:
        return any(
            path.startswith(each) if len(each) > 1 else path == each for each in self._begins
        )

    def _is_full(self, there: int) -> bool:
        """Tell whether one more is too many; programs of some who have gone may still run."""
        used = max(self.memory, self.idle + there * self._share)
        is_left = self.memory > self.idle + self._share and not self._is_quiet()
        return (there > 0 or is_left) and used + self._share > self._room

    def _is_quiet(self) -> bool:
        return time.monotonic() - self._last > ENDED

    def _waiting(self) -> int:
        while self._coming and time.monotonic() - self._coming[0] > COMING:
            self._coming.popleft()
        return len(self._coming)
