"""How long it takes until a large notebook is there, whole, for somebody who opens it."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.rtc.lines import Line, Results
from benchmarks.rtc.node import People
from benchmarks.rtc.notebooks import LARGE, large
from benchmarks.rtc.servers import PERSISTENT, Running, run

FILE = Line("10 MB, never opened before", "s")
COLD = Line("10 MB, after a restart of the server", "s", bound=2.5)
WARM = Line("10 MB, while somebody else has it open", "s", bound=0.7)
LINES = [FILE, COLD, WARM]
NAMES = ["large"]


def measure(server: str, folder: Path, _quick: bool, results: Results) -> None:
    """Open a large notebook at a server: first, after a restart, and as a second person."""
    content = large()
    if server in PERSISTENT:
        with run(server, folder) as running, ExitStack() as people:
            results.add(FILE, server, _opened(running, content, people))
    with run(server, folder) as running, ExitStack() as people:
        if server in PERSISTENT:
            results.add(COLD, server, _opened(running, content, people))
        else:
            holding = People(folder, does="hold", **running.room(NAMES, content))
            people.enter_context(holding).hear("held")
        results.add(WARM, server, _opened(running, content, people))


def _opened(running: Running, content: dict[str, Any], people: ExitStack) -> float:
    """Have one more person open it, who stays; return how many seconds it took."""
    task = {"does": "open", "cells": LARGE}
    one = People(running.folder, **task, **running.room(NAMES, content))
    return float(people.enter_context(one).hear("open")["took"]) / 1e3
