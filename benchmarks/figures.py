"""Figures with their targets, and the table they are printed in."""

import os
import platform
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Figure:
    """Something measured in several runs; by its target it is judged, where it has one.

    `busy` are the milliseconds of processor time behind it, which tell what it costs on a machine
    that has other work too.
    """

    name: str
    runs: Sequence[float]
    target: float | None = None
    unit: str = "ms"
    busy: Sequence[float] = ()

    @property
    def verdict(self) -> str:
        if self.target is None:
            return ""
        if statistics.median(self.runs) <= self.target:
            return "ok"
        return "only at best" if min(self.runs) <= self.target else "MISSED"

    @property
    def cells(self) -> tuple[str, ...]:
        target = "" if self.target is None else f"{self.target:g} {self.unit}"
        middle = statistics.median(self.runs)
        seen = (min(self.runs), middle, max(self.runs))
        busy = f"{statistics.median(self.busy):.1f} ms" if self.busy else ""
        times = (f"{each:.1f} {self.unit}" for each in seen)
        return (self.name, *times, busy, target, self.verdict)


HEAD = ("figure", "best run", "median run", "worst run", "processor", "target", "")


def table(figures: Iterable[Figure]) -> str:
    """Write figures as a table of Markdown, in which the eye finds its way too."""
    rows = [HEAD, *(figure.cells for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(map(str.ljust, row, widths)).rstrip() + " |" for row in rows
    )


def machine() -> str:
    """Say on what it is measured."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def say(text: str) -> None:
    """Tell whoever waits what is done now, and how busy the machine is beside it."""
    load = os.getloadavg()[0]
    print(f"{text}  (load {load:.1f})", file=sys.stderr, flush=True)


def p95(values: Sequence[float]) -> float:
    """Find the value that 95 of 100 stay below."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]
