"""What is measured of rooms, one line for each figure, and the table in which servers meet."""

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.rtc.servers import OURS, SERVERS, STOCK


@dataclass(frozen=True)
class Line:
    """A figure: how much it may be of ours, and how many times less than of the stock server."""

    name: str
    unit: str = "ms"
    bound: float | None = None
    times_less: float | None = None

    @property
    def allowed(self) -> str:
        """Say what is allowed, in words."""
        bound = [] if self.bound is None else [f"{self.bound:g} {self.unit}"]
        less = [] if self.times_less is None else [f"{self.times_less:g} times less"]
        return ", ".join(bound + less)


@dataclass
class Results:
    """What was measured of each server, run by run, and what went wrong meanwhile."""

    runs: dict[Line, dict[str, list[float]]] = field(default_factory=dict)
    remarks: dict[tuple[Line, str], set[str]] = field(default_factory=dict)

    def add(self, line: Line, server: str, value: float | None, *remarks: str) -> None:
        """Note one run; without a value it could not be measured."""
        seen = self.runs.setdefault(line, {}).setdefault(server, [])
        if value is not None:
            seen.append(value)
        if remarks:
            self.remarks.setdefault((line, server), set()).update(remarks)

    def table(self) -> str:
        """Write a table of Markdown, with the remarks below it."""
        rows = [HEAD, *(self._cells(line) for line in self.runs)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        rows.insert(1, tuple("-" * width for width in widths))
        table = ("| " + " | ".join(map(str.ljust, row, widths)).rstrip() + " |" for row in rows)
        return "\n".join([*table, "", *self._remarks()])

    def _cells(self, line: Line) -> tuple[str, ...]:
        figures = (self._figure(line, server) for server in SERVERS)
        ratio = self._ratio(line)
        seen = "" if ratio is None else _short(ratio)
        return (line.name, *figures, seen, line.allowed, self._verdict(line))

    def _figure(self, line: Line, server: str) -> str:
        mark = "!" if (line, server) in self.remarks else ""
        value = self._median(line, server)
        return mark if value is None else f"{_short(value)} {line.unit}{mark}"

    def _verdict(self, line: Line) -> str:
        ours, ratio = self._median(line, OURS), self._ratio(line)
        if line.bound is None and line.times_less is None:
            return ""
        within = ours is not None and (line.bound is None or ours <= line.bound)
        less = line.times_less is None or ratio is None or ratio >= line.times_less
        return "ok" if within and less and (line, OURS) not in self.remarks else "over"

    def _ratio(self, line: Line) -> float | None:
        ours, stock = self._median(line, OURS), self._median(line, STOCK)
        return stock / ours if ours is not None and ours > 0 and stock is not None else None

    def _median(self, line: Line, server: str) -> float | None:
        seen = self.runs[line].get(server)
        return statistics.median(seen) if seen else None

    def _remarks(self) -> Iterator[str]:
        for (line, server), said in self.remarks.items():
            yield f"! {line.name}, {server}: {'; '.join(sorted(said))}"


HEAD = ("figure", *SERVERS, f"times {OURS}'s", "bound", "")


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def failed(lines: Iterable[Line], server: str, results: Results, why: str) -> None:
    """Note for these lines that they could not be measured."""
    for line in lines:
        results.add(line, server, None, why)
