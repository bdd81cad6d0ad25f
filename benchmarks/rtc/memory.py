"""What rooms take of a server's memory, and how much of it they give back."""

import time
from pathlib import Path

from benchmarks.rtc.lines import Line, Results
from benchmarks.rtc.node import People
from benchmarks.rtc.notebooks import small
from benchmarks.rtc.servers import Running, run

EACH = Line("a small room that somebody has open", "MB", bound=0.3)
LEFT = Line("memory that is not given back by rooms that closed", "%")
AGAIN = Line("memory that as many rooms again add to that", "%", bound=15)
PLAIN = Line("memory that is not given back, PYTHONMALLOC=malloc", "%", bound=15)
LINES = [EACH, LEFT, AGAIN, PLAIN]
PLAINLY = {"PYTHONMALLOC": "malloc"}
ROOMS, QUICK = 1_000, 100
SOME = 100
SETTLED = 3.0  # seconds
EMPTY_FOR = 2.0  # seconds that a room without people is kept
GIVEN_BACK = 30  # seconds within which it has to be


def measure(server: str, folder: Path, quick: bool, results: Results) -> None:
    """Open rooms at a server, some and then very many, twice, and close them."""
    count = QUICK if quick else ROOMS
    with run(server, folder / "usual", EMPTY_FOR) as running:
        _hold(running, ["first"])
        before = running.megabytes
        some = [f"some-{number}" for number in range(SOME)]
        results.add(EACH, server, (_hold(running, some) - before) / SOME)
        left = _many(running, count, before, "many")
        results.add(LEFT, server, (left / before - 1) * 100)
        again = _many(running, count, left, "more")
        results.add(AGAIN, server, (again / left - 1) * 100)
    if running.kind == "jupyter":
        with run(server, folder / "plain", EMPTY_FOR, PLAINLY) as running:
            _hold(running, ["first"])
            before = running.megabytes
            left = _many(running, count, before, "many")
            results.add(PLAIN, server, (left / before - 1) * 100)


def _many(running: Running, count: int, enough: float, name: str) -> float:
    """Open so many at once; return the megabytes of the server when they have closed."""
    _hold(running, [f"{name}-{number}" for number in range(count)])
    return _least(running, enough)


def _hold(running: Running, names: list[str]) -> float:
    """Open these for a while; return the megabytes of the server meanwhile."""
    with People(running.folder, does="hold", **running.room(names, small())) as people:
        people.hear("held")
        time.sleep(SETTLED)
        seen = running.megabytes
        people.go_on()
        people.hear("left")
        time.sleep(EMPTY_FOR + SETTLED)
    return seen


def _least(running: Running, enough: float) -> float:
    """Wait until memory is given back; return the least that was seen."""
    until = time.monotonic() + GIVEN_BACK
    least = running.megabytes
    while least > enough and time.monotonic() < until:
        time.sleep(1)
        least = min(least, running.megabytes)
    return least
