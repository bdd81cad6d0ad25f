"""How long people wait for the gallery and for search, among very many projects, over HTTP.

One person asks again and again, and then four at once without a pause, which is more than one
process can do: that tells how it gets slower, and has no target.
"""

import json
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.figures import Figure, p95, say
from benchmarks.search import some
from benchmarks.seeding import COMMON_TAG, RARE_TAG, copy, seed
from benchmarks.server import Server
from tests.services import TEMPLATE, postgresql

TARGETS = {"gallery": 100.0, "search": 150.0, "hybrid": 250.0, "typing": 30.0}  # milliseconds
AT_ONCE = (1, 4)  # who ask; what is targeted is one
FACETS = "lang,tag"
BY_WORDS: dict[str, dict[str, object]] = {"Wove": {"search_by_meaning": "off"}}
BY_BOTH: dict[str, dict[str, object]] = {}
DEEP = 100  # pages of 100
TRIES = 30
ORDERS = ("trending", "new", "most-remixed")
FILTERS = {"": {}, ", common tag": {"tag": COMMON_TAG}, ", rare tag": {"tag": RARE_TAG}}
FILTERS |= {", a level": {"level": "advanced"}}
QUERIES: dict[str, Callable[[], str]] = {
    "common word": lambda: some(0, 20),
    "word": lambda: some(100, 2_000),
    "rare word": lambda: some(20_000, 40_000),
    "two common words": lambda: f"{some(0, 50)} {some(0, 50)}",
    "two words": lambda: f"{some(50, 1_000)} {some(50, 1_000)}",
    "prefix of 3": lambda: some(0, 5_000)[:3],
    "prefix of 5": lambda: some(0, 5_000)[:5],
    "phrase": lambda: f'"{some(0, 20)} {some(0, 20)}"',
}
MEANT = {
    "word": QUERIES["word"],
    "two words": QUERIES["two words"],
    "six words": lambda: " ".join(some(50, 2_000) for _ in range(6)),
}
TYPED: dict[str, Callable[[], str]] = {
    "the beginning of a word": lambda: some(0, 5_000)[:4],
    "a value": lambda: f"{some(100, 2_000)} lang:p",
}

Paths = dict[str, Callable[[], str]]
Measured = tuple[list[float], list[float]]  # of each run: p95, processor time of a request
Asked = tuple[str, int]  # the way of asking, and how many do so at a time


def galleries(
    folder: Path, count: int, databases: list[str], runs: int, requests: int
) -> list[Figure]:
    """Measure each way of asking, on each database."""
    url = seed(folder / "data", count)
    figures = []
    for name in databases:
        # Else the engine would be taken for one that heard of nothing, and be made anew.
        (folder / "data" / "search" / "engine").unlink(missing_ok=True)
        with _database(name, url) as address:
            found = _measure(folder, address, runs, requests)
        for (kind, clients), (times, busy) in found.items():
            what = f"{name}: {kind}, p95" + (f", {clients} at once" if clients > 1 else "")
            target = TARGETS[kind.split()[0].strip(",")] if clients == 1 else None
            figures.append(Figure(what, times, target, busy=busy))
    return figures


@contextmanager
def _database(name: str, seeded: str) -> Iterator[str]:
    if name == "sqlite":
        yield seeded
        return
    with postgresql() as service:
        url = service.create("benchmark", TEMPLATE)
        say("copying the rows to PostgreSQL")
        copy(seeded, url)
        yield url


def _measure(folder: Path, url: str, runs: int, requests: int) -> dict[Asked, Measured]:
    found: dict[Asked, Measured] = {}
    for number in range(runs):
        for settings, known in ((BY_WORDS, _paths), (BY_BOTH, _meant)):
            with Server(folder, database_url=url, settings=settings) as server:
                server.wait_for("wove/readyz")
                server.wait_for("wove/api/gallery")
                paths = known(server)
                say(f"{len(paths)} ways of asking on {url.partition(':')[0]}, run {number + 1}")
                random.seed(number)
                _ask_all(server, paths, requests, found)
    return found


def _ask_all(server: Server, paths: Paths, requests: int, found: dict[Asked, Measured]) -> None:
    for kind, path in paths.items():  # what is loaded with the first question is loaded by then
        _demand(server, kind, path)
    for clients, (kind, path) in product(AT_ONCE, paths.items()):
        asked, before = [path() for _ in range(requests)], server.busy
        times, busy = found.setdefault((kind, clients), ([], []))
        times.append(p95(ask(server, asked, clients)))
        busy.append((server.busy - before) * 1e3 / requests)


def _demand(server: Server, kind: str, path: Callable[[], str]) -> None:
    """Ask until something is found: where nothing is, answers come too soon."""
    connection = server.connect()
    answers = (server.ask(connection, path()) for _ in range(TRIES))
    found = any(not each.startswith(b"{") or json.loads(each)["items"] for each in answers)
    connection.close()
    if not found:
        raise RuntimeError(f"Nothing is found: {kind}")


def ask(server: Server, paths: list[str], clients: int) -> list[float]:
    """Ask for all of these, so many clients side by side; tell the milliseconds each waited."""
    with ThreadPoolExecutor(clients) as threads:
        shares = [paths[number::clients] for number in range(clients)]
        found = threads.map(lambda share: _client(server, share), shares)
        return [each for times in found for each in times]


def _client(server: Server, paths: list[str]) -> list[float]:
    connection, times = server.connect(), []
    for path in paths:
        before = time.perf_counter()
        server.ask(connection, path)
        times.append((time.perf_counter() - before) * 1e3)
    connection.close()
    return times


def _paths(server: Server) -> Paths:
    paths: Paths = {}
    for order in ORDERS:
        for name, filters in FILTERS.items():
            asked = {"order": order, **filters}
            first = "wove/api/gallery?" + urlencode(asked)
            paths[f"gallery, {order}{name}"] = lambda path=first: path
            if after := _deep(server, asked):
                deep = "wove/api/gallery?" + urlencode(asked | {"after": after})
                paths[f"gallery, {order}{name}, deep"] = lambda path=deep: path
    paths["gallery as a page, trending"] = lambda: "wove/"
    for kind, query in QUERIES.items():
        paths[f"search, {kind}"] = lambda q=query: (
            "wove/api/search?" + urlencode({"q": q(), "facets": FACETS})
        )
    for kind, typed in TYPED.items():
        paths[f"typing, {kind}"] = lambda q=typed: (
            "wove/api/search/completions?" + urlencode({"q": q()})
        )
    asked_for = QUERIES["word"]
    paths["search as a page, word"] = lambda: "wove/search?" + urlencode({"q": asked_for()})
    return paths


def _meant(server: Server) -> Paths:
    return {
        f"hybrid, {kind}": lambda q=query: (
            "wove/api/search?" + urlencode({"q": q(), "facets": FACETS})
        )
        for kind, query in MEANT.items()
    }


def _deep(server: Server, asked: dict[str, str]) -> str:
    """Turn many pages, or all there are; say where the last began, or nothing where it is one."""
    connection, after = server.connect(), ""
    for _ in range(DEEP):
        query = asked | {"limit": "100"} | ({"after": after} if after else {})
        page = json.loads(server.ask(connection, "wove/api/gallery?" + urlencode(query)))
        if not page["items"]:
            raise RuntimeError(f"The gallery is empty: {asked}")
        if page["next"] is None:
            break
        after = page["next"]
    connection.close()
    return after
