"""Measure what a tab of Chromium typed offline, and how soon it is back when the line is.

Run `python benchmarks/offline.py`, or with `merge` or `reconnect` only. It fails where a letter
is lost or doubled.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

sys.path[0] = str(Path(__file__).parents[1])  # so that it runs as a file, wherever from

from benchmarks.figures import Figure, machine, say, table  # noqa: E402
from benchmarks.tabs import merging, returning  # noqa: E402
from benchmarks.tabs.tab import chromium  # noqa: E402


def merge(folder: Path, browser: Browser, given: argparse.Namespace) -> list[Figure]:
    """Measure a tab that was closed offline. There is no other: elsewhere its words are lost."""
    seen = []
    for number in range(given.runs):
        say(f"merge {number + 1} of {given.runs}")
        seen.append(merging.merge(folder / f"merge-{number}", browser))
    return merging.figures(seen)


def reconnect(folder: Path, browser: Browser, given: argparse.Namespace) -> list[Figure]:
    """Measure a tab that stays open, of ours and of jupyter-collaboration as it comes."""
    seen = []
    for is_ours in (True, False):
        say(f"reconnect {given.cuts} times, {'ours' if is_ours else 'stock'}")
        place = folder / f"reconnect-{is_ours}"
        seen.append(returning.returns(place, browser, given.cuts, is_ours=is_ours))
    return list(returning.figures(*seen))


PARTS = {"merge": merge, "reconnect": reconnect}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure tabs that are offline for a while.")
    add = parser.add_argument
    add("parts", nargs="*", help=f"of {', '.join(PARTS)}; all unless some are named")
    add("--runs", type=int, default=3, help="of a tab that is closed offline")
    add("--cuts", type=int, default=8, help="of the line of a tab that stays open")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    return given


def ratios(figures: list[Figure]) -> list[str]:
    """Say of what was measured of both how many times longer jupyter-collaboration takes."""
    median = {each.name: statistics.median(each.runs) for each in figures}
    return [
        f"{name}: {median[stock] / median[ours]:.1f} times as long with {returning.STOCK}"
        for name, ours, stock in returning.PAIRS
        if ours in median
    ]


def main() -> None:
    given = options()
    before = os.getloadavg()
    figures = []
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        for name in given.parts or PARTS:
            figures += PARTS[name](Path(scratch), browser, given)
    loads = " and ".join(f"{each:.1f}" for each in (before[0], os.getloadavg()[0]))
    print(f"{machine()}; load average {loads} before and after.\n")
    print("\n".join([table(figures), "", *ratios(figures)]))


if __name__ == "__main__":
    main()
