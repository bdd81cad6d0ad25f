"""Measure how soon what was saved is found, in words and in code, over HTTP.

Run `python benchmarks/indexing.py [times]`.
"""

import os
import secrets
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).parents[1])  # so that it runs as a file, wherever from

from benchmarks.figures import Figure, machine, p95, table  # noqa: E402
from tests.reliability.server import Server  # noqa: E402

TIMES, TARGET = 100, 2_000.0  # milliseconds
PAUSE, PATIENCE = 0.01, 60.0  # seconds
SEARCHES = {"words": "search", "code": "search/code"}
FILES = 50  # of the project beside the one that changes


def saved(server: Server, project: dict[str, Any], word: str) -> float:
    """Save a version with a word that is nowhere else; return when that was acknowledged."""
    (server.root / project["folder"] / "changing.py").write_text(f"{word} = 1\n")
    answer = server.api("POST", f"projects/{project['id']}/versions", {"message": word})
    assert answer.status == 201, answer
    return time.perf_counter()


def found(server: Server, path: str, word: str) -> float:
    """Wait until a word is found; return when that was."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        if server.api("GET", path, query={"q": word}).json["items"]:
            return time.perf_counter()
        time.sleep(PAUSE)
    raise RuntimeError(f"{word} is not found.")


def measured(folder: Path, times: int) -> list[Figure]:
    late: dict[str, list[float]] = {kind: [] for kind in SEARCHES}
    server = Server(folder / "server", "Ann")
    server.start()
    try:
        project = server.api("POST", "projects", {"title": "Changing"}).json
        for number in range(FILES):
            place = server.root / project["folder"] / f"still_{number}.py"
            place.write_text(f"still = {number}\n" * 100)
        for number in range(times):
            kind = list(SEARCHES)[number % len(SEARCHES)]
            word = f"word{secrets.token_hex(6)}"
            since = saved(server, project, word)
            late[kind].append((found(server, SEARCHES[kind], word) - since) * 1e3)
    finally:
        server.kill()
    return [
        Figure(
            f"from saved to found by {kind}, {name}", [value], TARGET if name == "p95" else None
        )
        for kind, every in late.items()
        for name, value in (("median", sorted(every)[len(every) // 2]), ("p95", p95(every)))
    ]


if __name__ == "__main__":
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        figures = measured(Path(scratch), int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
    print(f"{machine()}; load {before:.1f} and {os.getloadavg()[0]:.1f} before and after.\n")
    print(table(figures))
