"""Measure patterns that are meant to take long, over HTTP, while somebody else turns pages.

Run `python -m benchmarks.search_hostile FOLDER`, of what `benchmarks.search_code FOLDER` indexed.
Four ask at once: each pattern, from its first page on until there are no more or twenty were read.
"""

import itertools
import json
import os
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.figures import Figure, machine, p95, table
from benchmarks.server import Server

AT_ONCE, PAGES = 4, 20
TARGET, OTHERS = 1_500, 250  # milliseconds
PATTERNS = [
    r"(a|aa)+$",
    r"(\w+\s?)+;$",
    r"(.*)(.*)(.*)(.*)(.*)=(.*)zq",
    r"^(?:[a-z_]+[., ]?){5,50}zq$",
    r"(?i)(x+x+)+y",
    r"[^\"]*\"[^\"]*\"[^\"]*\"[^\"]*zq",
    r".{200,900}zq",
    r"(?:\S+\s+){40}zq",
    r"\b(\w{1,30}\W{1,30}){20}\b",
    r"(e|i|a|o|u)*(e|i|a|o|u)*q[^u]",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"z?q?j?x?w?v?z?q?j?x?w?v?z?q?j?x?w?v?zq",
]


def follow(server: Server, pattern: str) -> list[float]:
    """Ask for a pattern, page by page; return how long each took, in milliseconds."""
    connection, times, after = server.connect(), [], None
    for _ in range(PAGES):
        asked = {"q": pattern, "regex": "true"} | ({"after": after} if after else {})
        start = time.perf_counter()
        page = json.loads(server.ask(connection, f"wove/api/search/code?{urlencode(asked)}"))
        times.append((time.perf_counter() - start) * 1e3)
        after = page["next"]
        if after is None:
            break
    connection.close()
    return times


def look_on(server: Server, stop: threading.Event) -> list[float]:
    """Turn pages of the gallery until nobody asks for patterns any more."""
    connection, times = server.connect(), []
    while not stop.wait(0.1):
        start = time.perf_counter()
        server.ask(connection, "wove/api/gallery")
        times.append((time.perf_counter() - start) * 1e3)
    return times


def main(indexed: Path) -> None:
    settings: dict[str, dict[str, object]] = {"Wove": {"data_dir": str(indexed)}}
    url, stop = f"sqlite:///{indexed}/wove.db", threading.Event()
    with (
        tempfile.TemporaryDirectory() as scratch,
        Server(Path(scratch), database_url=url, settings=settings) as server,
        ThreadPoolExecutor(AT_ONCE + 1) as threads,
    ):
        server.wait_for("wove/readyz")
        follow(server, "zq")  # what is loaded with the first question is loaded then
        others = threads.submit(look_on, server, stop)
        found = list(threads.map(follow, itertools.repeat(server), PATTERNS))
        stop.set()
        times = list(itertools.chain(*found))
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}, {len(times)} pages of {len(PATTERNS)}")
    figures = [
        Figure("a page of a hostile pattern, slowest", [max(times)], TARGET),
        Figure("the same, p95", [p95(times)]),
        Figure("the gallery meanwhile, p95", [p95(others.result())], OTHERS),
        Figure("the same, slowest", [max(others.result())]),
    ]
    print(table(figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
