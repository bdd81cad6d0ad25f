"""What was taken in the last minute: exact, each request with the moment it was let in."""

from collections import deque
from dataclasses import dataclass

MINUTE = 60.0  # seconds


@dataclass
class Taken:
    """One request that was let in."""

    at: float
    tokens: int
    is_forgotten: bool = False


class Window:
    """The requests of somebody in the last minute, and those that run."""

    def __init__(self) -> None:
        self._taken: deque[Taken] = deque()
        self.tokens = 0
        self.running = 0

    @property
    def requests(self) -> int:
        """Count the requests."""
        return len(self._taken)

    @property
    def is_idle(self) -> bool:
        """Tell whether there is nothing to remember."""
        return not self._taken and not self.running

    def forget(self, at: float) -> None:
        """Forget what is more than a minute ago."""
        while self._taken and self._taken[0].at <= at - MINUTE:
            gone = self._taken.popleft()
            gone.is_forgotten = True
            self.tokens -= gone.tokens

    def begin(self, at: float, tokens: int) -> Taken:
        """Count a request that is let in now."""
        taken = Taken(at, tokens)
        self._taken.append(taken)
        self.tokens += tokens
        self.running += 1
        return taken

    def end(self, taken: Taken, tokens: int) -> None:
        """Count what it took in truth."""
        self.running -= 1
        if not taken.is_forgotten:
            self.tokens += tokens - taken.tokens
            taken.tokens = tokens

    def until_requests(self, most: int, at: float) -> float:
        """Tell in how many seconds there are fewer requests than this."""
        return self._taken[self.requests - most].at + MINUTE - at

    def until_tokens(self, most: int, at: float) -> float:
        """Tell in how many seconds there are this many tokens at most."""
        left = self.tokens
        for taken in self._taken:
            left -= taken.tokens
            if left <= most:
                return taken.at + MINUTE - at
        return MINUTE
