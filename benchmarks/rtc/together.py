"""How long it takes until the others see what one types, and what it costs the server."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.rtc.lines import Line, Results
from benchmarks.rtc.node import People
from benchmarks.rtc.notebooks import small
from benchmarks.rtc.servers import run

SECONDS, QUICK = 10, 3
PATIENCE = 20  # seconds in which what was typed has to arrive
LATE = 20.0  # milliseconds; where people type so late, times are also those of their machine


@dataclass(frozen=True)
class Case:
    """So many people, who type so many letters a second in total; and what is read off."""

    clients: int
    rate: int
    cursors: bool = False
    p50: Line | None = None
    p99: Line | None = None
    busy: Line | None = None

    @property
    def lines(self) -> list[Line]:
        """List what is read off."""
        return [line for line in (self.p50, self.p99, self.busy) if line]


LATENCY = (
    Case(
        20,
        20,
        p50=Line("20 people, 20 letters/s: seen by others, median", bound=5),
        p99=Line("20 people, 20 letters/s: seen by others, 99 of 100", bound=50),
    ),
    Case(
        40,
        10,
        cursors=True,
        p99=Line("40 people, 10 letters/s, each with a cursor move, 99 of 100", bound=50),
    ),
)
CAPACITY = (
    Case(
        20,
        100,
        busy=Line("20 people, 100 letters/s: processor for one", bound=1.1, times_less=3),
        p99=Line("20 people, 100 letters/s: seen by others, 99 of 100"),
    ),
    Case(
        100,
        100,
        busy=Line("100 people, 100 letters/s: processor for one", bound=2.2, times_less=3),
        p99=Line("100 people, 100 letters/s: seen by others, 99 of 100"),
    ),
)


def measure(case: Case, server: str, folder: Path, quick: bool, results: Results) -> None:
    """Have people type at a server, and note what was seen."""
    with run(server, folder) as running:
        task = {
            "does": "type",
            "clients": case.clients,
            "rate": case.rate,
            "seconds": QUICK if quick else SECONDS,
            "cursors": case.cursors,
            "patience": PATIENCE,
            "stamps": False,
        }
        with People(folder, **task, **running.room(["together"], small())) as people:
            people.hear("ready")
            before = running.busy
            people.go_on()
            seen = people.hear("done")
            busy = running.busy - before
            people.go_on()
            is_equal = people.hear("report")["isEqual"]
    # Of those that arrived: a server that falls behind has not worked for the others yet.
    arrived = seen["sent"] * seen["delivered"] / seen["expected"]
    remarks = _remarks(seen, is_equal)
    late = _late(seen["late"])
    for line, value in (
        (case.p50, seen["p50"]),
        (case.p99, seen["p99"]),
        (case.busy, busy / arrived if arrived else None),
    ):
        if line:
            results.add(line, server, value, *remarks, *(late if line != case.busy else []))


def _remarks(seen: dict[str, float], is_equal: bool) -> list[str]:
    missing = seen["expected"] - seen["delivered"]
    said = {
        "did not converge": not is_equal,
        f"{missing} of {seen['expected']} did not arrive within {PATIENCE} s": missing,
    }
    return [remark for remark, is_so in said.items() if is_so]


def _late(milliseconds: float) -> list[str]:
    """Say where people could not type in time: how long it took is then no server's fault."""
    late = f"people typed {milliseconds:.0f} ms late, for want of a processor"
    return [late] if milliseconds > LATE else []
