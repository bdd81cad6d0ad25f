"""What Wove costs whoever opens JupyterLab: time, processor and memory of the server."""

import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, say
from benchmarks.server import Server

WOVE = ("jupyter_wove_server",)
COLLABORATION = ("jupyter_server_ydoc", "jupyter_server_fileid")  # which Wove brings along
CHAT = ("jupyterlab_chat", "jupyter_ai_router", "jupyter_ai_persona_manager")  # likewise
KINDS = {
    "with Wove": (),
    "without its chat": CHAT,
    "without": WOVE + CHAT,
    "without collaboration too": WOVE + CHAT + COLLABORATION,
}
# What it is for that somebody has, and the most of it in megabytes.
ADDED = {
    "what Wove adds": ("without its chat", "without", 25.0),
    "what its chat adds": ("with Wove", "without its chat", 15.0),
}
LATER = 0.4  # seconds that a start may take longer
SETTLED = 5.0  # seconds after which nothing is loaded behind the scenes any more


@dataclass(frozen=True)
class Start:
    """One start: seconds until it answered, seconds of processor, megabytes."""

    status: float
    lab: float
    busy: float
    memory: float
    settled_busy: float
    settled_memory: float
    request: float
    request_memory: float


ROWS = {
    "start: until /api/status answers": ("status", "s"),
    "start: until /lab answers": ("lab", "s"),
    "start: processor time until then": ("busy", "s"),
    "start: processor time, all loaded": ("settled_busy", "s"),
    "start: memory when /lab answers": ("memory", "MB"),
    "start: memory, all loaded": ("settled_memory", "MB"),
}


def starts(folder: Path, times: int) -> list[Figure]:
    """Start servers of each kind in turns; say what they took, and what Wove adds."""
    for kind, without in KINDS.items():
        start(folder / kind, without)  # so that none has to make its folders and tables
    seen: dict[str, list[Start]] = {kind: [] for kind in KINDS}
    for number in range(times):
        for kind, without in KINDS.items():
            say(f"start {number + 1} of {times}, {kind}")
            seen[kind].append(start(folder / kind, without))
    figures = [each for name, row in ROWS.items() for each in _rows(name, *row, seen)]
    with_wove = seen["with Wove"]
    requests = [each.request * 1e3 for each in with_wove]
    memory = [each.request_memory for each in with_wove]
    return [
        *figures,
        Figure("start: first request to Wove, all loaded", requests),
        Figure("start: memory after it", memory, unit="MB"),
    ]


def start(folder: Path, without: tuple[str, ...]) -> Start:
    """Start a server, and watch it."""
    with Server(folder, without=without) as server:
        server.wait_for("api/status")
        status = server.since
        server.wait_for("lab")
        lab, busy, memory = server.since, server.busy, server.megabytes
        time.sleep(SETTLED)
        settled = server.busy, server.megabytes
        before = time.perf_counter()
        server.wait_for("api/status" if without else "wove/api/gallery")
        took = time.perf_counter() - before
        return Start(status, lab, busy, memory, *settled, took, server.megabytes)


def _rows(name: str, field: str, unit: str, seen: dict[str, list[Start]]) -> list[Figure]:
    values = {kind: [getattr(each, field) for each in found] for kind, found in seen.items()}
    rows = [Figure(f"{name}, {kind}", found, unit=unit) for kind, found in values.items()]
    for what, (with_it, without, megabytes) in ADDED.items():
        # Of the runs in turn, so that what else the machine did falls on both alike.
        added = [a - b for a, b in zip(values[with_it], values[without], strict=True)]
        target = {"status": LATER, "lab": LATER, "memory": megabytes, "settled_memory": megabytes}
        rows.append(Figure(f"{name}, {what}", added, target.get(field), unit))
    return rows


BEFORE = "import jupyterlab.labapp, jupyter_server_ydoc.app, jupyter_server_fileid.extension"
MARK = "this"  # a module that nobody else imports
AFTER = "import jupyter_wove_server.extension, jupyter_wove_server.routes, jupyter_wove.app"
LINE = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|\s+(\S+)")
MOST = 25


def imports(times: int = 3) -> list[Figure]:
    """Tell which packages Wove imports that JupyterLab has not, and what each takes."""
    runs = [_imports() for _ in range(times)]
    ranked = sorted(runs[0], key=lambda name: -statistics.median(run[name] for run in runs))
    total = [sum(run.values()) / 1e3 for run in runs]
    return [
        Figure("imports: all of Wove", total),
        *(Figure(f"imports: {name}", [run[name] / 1e3 for run in runs]) for name in ranked[:MOST]),
    ]


def _imports() -> Counter[str]:
    command = [sys.executable, "-X", "importtime", "-c", f"{BEFORE}; import {MARK}; {AFTER}"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    lines = [match.groups() for match in LINE.finditer(told)]
    first = next(number for number, line in enumerate(lines) if line[2] == MARK) + 1
    taken: Counter[str] = Counter()
    for own, _, module in lines[first:]:
        taken[module.partition(".")[0]] += int(own)
    return taken
