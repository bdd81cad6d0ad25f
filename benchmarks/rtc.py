"""Measure rooms with real Yjs clients, beside the servers that others use, in one run.

Run `python benchmarks/rtc.py`, or with some of `latency`, `capacity`, `load`, `memory` and `lag`
only; `--quick` tells in minutes whether it works, and nothing for the record.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])  # so that it runs as a file, wherever from

from benchmarks.figures import machine, say  # noqa: E402
from benchmarks.rtc import lag, load, memory, node, together  # noqa: E402
from benchmarks.rtc.lines import Line, Results, failed  # noqa: E402
from benchmarks.rtc.servers import SERVERS  # noqa: E402

Measure = Callable[[str, Path, bool, Results], None]
Step = tuple[list[Line], Measure]

PARTS: dict[str, list[Step]] = {
    "latency": [(case.lines, partial(together.measure, case)) for case in together.LATENCY],
    "capacity": [(case.lines, partial(together.measure, case)) for case in together.CAPACITY],
    "load": [(load.LINES, load.measure)],
    "memory": [(memory.LINES, memory.measure)],
    "lag": [(lag.LINES, lag.measure)],
}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure rooms beside those of others.")
    add = parser.add_argument
    add("parts", nargs="*", help=f"of {', '.join(PARTS)}; all unless some are named")
    add("--servers", nargs="+", choices=SERVERS, default=list(SERVERS), metavar="NAME")
    add("--runs", type=int, default=3, help="of each figure, of which the middle one is told")
    add("--quick", action="store_true", help="one short run, to see that it works")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    return given


def measured(given: argparse.Namespace, folder: Path) -> Results:
    results = Results()
    for number, (name, (lines, measure), server) in enumerate(_work(given)):
        say(f"{name}, {server}")
        place = folder / str(number)
        place.mkdir()
        try:
            measure(server, place, given.quick, results)
        except node.Failed as problem:
            failed(lines, server, results, str(problem))
    return results


def _work(given: argparse.Namespace) -> Iterator[tuple[str, Step, str]]:
    """Go through all there is to do, in turns, so that a busy minute falls on no server alone."""
    for name in given.parts or PARTS:
        for _ in range(1 if given.quick else given.runs):
            for step in PARTS[name]:
                for server in given.servers:
                    yield name, step, server


def main() -> None:
    given = options()
    node.install()
    before = os.getloadavg()
    with tempfile.TemporaryDirectory() as scratch:
        results = measured(given, Path(scratch))
    loads = " and ".join(f"{each:.1f}" for each in (before[0], os.getloadavg()[0]))
    quick = " A quick run, not for the record." if given.quick else ""
    print(f"{machine()}; load average {loads} before and after.{quick}\n")
    print(results.table())


if __name__ == "__main__":
    main()
