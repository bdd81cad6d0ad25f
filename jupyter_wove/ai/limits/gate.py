"""Lets requests in, or says when to come again."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from uuid import UUID

from jupyter_wove.ai.limits.windows import MINUTE, Window
from jupyter_wove.ai.models import Limit
from jupyter_wove.ai.providers import Usage
from jupyter_wove.kit.errors import TooLarge, TooManyRequests

SOON = 2  # seconds; nobody knows when an answer ends
Whose = tuple[int, UUID | None]  # which limit, and of whom


class Limited(TooManyRequests):
    """A limit of a minute is reached, or that of answers at once."""

    title = "The limit is reached"


class Admission:
    """A request that was let in, and the tokens that it takes."""

    def __init__(self, tokens: int) -> None:
        self.tokens = tokens

    def took(self, usage: Usage | None) -> None:
        """Note what it took in truth, where that is known."""
        if usage is not None:
            self.tokens = usage.input + usage.output


class Gate:
    """Keeps to the limits. Asked from one event loop, so that nothing comes in between."""

    def __init__(self, limits: list[Limit], clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._windows: dict[Whose, Window] = {}
        self._swept = clock()

    @contextmanager
    def admitted(self, person_id: UUID, tokens: int) -> Iterator[Admission]:
        """Count a request of so many tokens while it runs.

        Raises Limited where it has to wait, and TooLarge where waiting would not help.
        """
        at, admission = self._clock(), Admission(tokens)
        windows = [self._window(number, person_id, at) for number in range(len(self._limits))]
        for limit, window in zip(self._limits, windows, strict=True):
            _check(limit, window, tokens, at)
        taken = [window.begin(at, tokens) for window in windows]
        try:
            yield admission
        finally:
            for window, each in zip(windows, taken, strict=True):
                window.end(each, admission.tokens)

    def _window(self, number: int, person_id: UUID, at: float) -> Window:
        self._sweep(at)
        of_person = self._limits[number].of == "person"
        window = self._windows.setdefault((number, person_id if of_person else None), Window())
        window.forget(at)
        return window

    def _sweep(self, at: float) -> None:
        """Forget, once a minute, who has not asked for a minute."""
        if at < self._swept + MINUTE:
            return
        self._swept = at
        for whose, window in list(self._windows.items()):
            window.forget(at)
            if window.is_idle:
                del self._windows[whose]


def _check(limit: Limit, window: Window, tokens: int, at: float) -> None:
    have, your = ("You have", "your ") if limit.of == "person" else ("All together have", "")
    if limit.at_once is not None and window.running >= limit.at_once:
        told = f"{limit.at_once} of {your}answers are being written, which is the most at once."
        raise Limited(f"{told} Ask again when one is there.", SOON)
    if limit.requests is not None and window.requests >= limit.requests:
        told = f"{have} asked {limit.requests:,} times in the last minute, which is the most."
        raise _again(told, window.until_requests(limit.requests, at))
    if limit.tokens is None:
        return
    if tokens > limit.tokens:
        raise TooLarge(
            f"This request and its answer have {tokens:,} tokens; {limit.tokens:,} a minute are"
            " allowed. Ask for less, or with a lower max_tokens."
        )
    if window.tokens + tokens > limit.tokens:
        told = (
            f"{have} used {window.tokens:,} of the {limit.tokens:,} tokens of a minute;"
            f" this request has {tokens:,}."
        )
        raise _again(told, window.until_tokens(limit.tokens - tokens, at))


def _again(told: str, wait: float) -> Limited:
    seconds = max(1, ceil(wait))
    return Limited(f"{told} Ask again in {seconds} seconds.", seconds)
