"""Measure what people wait for, and print each figure beside its target.

Run `python benchmarks/projects.py`, or with some of `snapshots`, `gallery` and `start` only.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])  # so that it runs as a file, wherever from

from benchmarks import gallery, snapshots, starting  # noqa: E402
from benchmarks.figures import Figure, machine, table  # noqa: E402

PARTS = ("snapshots", "gallery", "start")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what people wait for.")
    add = parser.add_argument
    add("parts", nargs="*", help=f"of {', '.join(PARTS)}; all unless some are named")
    add("--projects", type=int, default=100_000, help="in the gallery")
    add("--requests", type=int, default=300, help="of each kind, in each run")
    add("--runs", type=int, default=3, help="of snapshots and of the gallery")
    add("--starts", type=int, default=5, help="of each kind of server")
    add("--databases", nargs="+", choices=("sqlite", "postgresql"), metavar="NAME")
    add("--folder", help="where to work; what is seeded there is kept and used again")
    add("--imports", action="store_true", help="tell which packages Wove adds to a start")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    return given


def measured(given: argparse.Namespace, folder: Path) -> list[Figure]:
    found: list[Figure] = []
    parts = given.parts or PARTS
    if "snapshots" in parts:
        found += asyncio.run(snapshots.figures(given.folder, given.runs))
    if "start" in parts:
        found += starting.starts(folder / "start", given.starts)
    if given.imports:
        found += starting.imports()
    if "gallery" in parts:
        databases = given.databases or ["sqlite", "postgresql"]
        place = folder / f"gallery-{given.projects}"
        found += gallery.galleries(place, given.projects, databases, given.runs, given.requests)
    return found


def main() -> None:
    given = options()
    before = os.getloadavg()
    with tempfile.TemporaryDirectory() as scratch:
        found = measured(given, Path(given.folder or scratch).absolute())
    loads = " and ".join(f"{a:.1f}" for a in (before[0], os.getloadavg()[0]))
    print(f"{machine()}; load average {loads} before and after.\n")
    print(table(found))


if __name__ == "__main__":
    main()
