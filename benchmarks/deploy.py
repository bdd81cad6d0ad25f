"""Measure how soon apps are live and how they are served, with Docker and peers in the same run.

Run `python benchmarks/deploy.py`, or with some of its parts only. All of it stays on this machine,
but for what pip and npm install the first time.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])  # so that it runs as a file, wherever from

from benchmarks import living, serving  # noqa: E402
from benchmarks.figures import Figure, machine, say, table  # noqa: E402

PARTS: dict[str, Callable[[Path, int, int], list[Figure]]] = {
    "live": living.living,
    "nothing": living.from_nothing,
    "switch": serving.switching,
    "wake": serving.waking,
    "pass": serving.passing_on,
}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how apps are served.")
    add = parser.add_argument
    add("parts", nargs="*", help=f"of {', '.join(PARTS)}; all unless some are named")
    add("--requests", type=int, default=5000, help="while versions change, and to each proxy")
    add("--runs", type=int, default=10, help="of what is done once in each")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    return given


def main() -> None:
    given = options()
    before, found = os.getloadavg(), list[Figure]()
    with tempfile.TemporaryDirectory() as folder:
        for name in given.parts or PARTS:
            say(name)
            found += PARTS[name](Path(folder) / name, given.runs, given.requests)
    loads = " and ".join(f"{a:.1f}" for a in (before[0], os.getloadavg()[0]))
    print(f"{machine()}; load average {loads} before and after.\n")
    print(table(found))


if __name__ == "__main__":
    main()
