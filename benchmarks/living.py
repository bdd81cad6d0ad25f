"""How soon a project is live: from the button to an answer of the app's own, by all that we have.

JupyterLab, its runner and Docker are real; what somebody would press is asked of the server as the
lab extension asks it, and the log is followed as it follows it. Each run is a project of its own.
"""

import json
import os
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jupyter_wove_runner.building import STACKS

from benchmarks.figures import Figure, say
from jupyter_wove.runner import Runner, Status
from jupyter_wove.runner.launching.places import socket_of
from tests.runner.building.books import book
from tests.runner.live import Live, deploying
from tests.runner.widgets import chromium, energy, move, source

PATIENCE = 1200.0  # seconds until all environments stand ready


@dataclass(frozen=True)
class Kind:
    """A kind of project: its files for some number, and what a visitor of it reads then."""

    name: str
    files: Callable[[int], dict[str, str]]
    words: Callable[[int], str]
    cold: float  # seconds
    warm: float
    widgets: bool = False

    @property
    def bounds(self):
        """Say how many seconds it may take, cold and warm."""
        return ("cold", self.cold), ("cold with nothing prepared", self.cold), ("warm", self.warm)


def _printed(number: int) -> dict[str, str]:
    return {"waves.ipynb": book("import pandas as pd", f"print('height', {number} * 6)")}


def _saved(number: int) -> dict[str, str]:
    tree = json.loads(_printed(number)["waves.ipynb"])
    said = {"output_type": "stream", "name": "stdout", "text": _height(number)}
    tree["cells"][1]["outputs"] = [said]
    return {"waves.ipynb": json.dumps(tree)}


def _height(number: int) -> str:
    return f"height {number * 6}"


def _told(number: int) -> str:
    return f"return 'height %d' % ({number} * 6)"


def _function(number: int) -> dict[str, str]:
    return {"handler.py": f"def handler(event, context):\n    {_told(number)}\n"}


def _service(number: int) -> dict[str, str]:
    code = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n"
    return {"main.py": f"{code}@app.get('/')\ndef waves():\n    {_told(number)}\n"}


def _dashboard(number: int) -> dict[str, str]:
    return {"waves.ipynb": book(source(number))}


KINDS = [
    Kind("static, saved outputs", _saved, _height, 15, 5),
    Kind("static, executed", _printed, _height, 15, 5),
    Kind("function", _function, _height, 10, 3),
    Kind("FastAPI", _service, _height, 15, 4),
    Kind("Voila + pandas", _dashboard, lambda number: energy(number, 3), 90, 8, widgets=True),
]


def living(folder: Path, runs: int, requests: int) -> list[Figure]:
    """Deploy projects of each kind, and edits of them, where environments stand ready."""
    seen: dict[str, list[float]] = defaultdict(list)
    with chromium() as browser, _server(folder) as server:
        took = _until_ready(server)
        seen["environments stand ready, after the start of the server"].append(took)
        for number in range(1, runs + 1):
            for kind in KINDS:
                _live(server, browser, kind, number, seen)
    return _figures(seen)


def from_nothing(folder: Path, runs: int, requests: int) -> list[Figure]:
    """Deploy projects where nothing was ever installed: each on a server of its own."""
    seen: dict[str, list[float]] = defaultdict(list)
    with chromium() as browser:
        for number, kind in enumerate(KINDS * min(runs, 2), 1):
            with _server(folder / str(number), prepare=False) as server:
                _live(server, browser, kind, number, seen, " with nothing prepared")
    return _figures(seen)


def _live(server, browser, kind, number, seen, how=""):
    """Deploy a new project, then an edit of it; note how long each takes."""
    live = Live(server, kind.files(number))
    _timed(live, browser, kind, number, seen[f"{kind.name}: cold{how}"])
    live.write(kind.files(number + 100))
    _timed(live, browser, kind, number + 100, seen[f"{kind.name}: warm"])


def _timed(live, browser, kind, number, took):
    began = time.perf_counter()
    live.deploy()
    live.answer(kind.words(number))
    answered = time.perf_counter() - began
    if kind.widgets:
        move(browser, live.app["url"], number)
    took.append(time.perf_counter() - began)
    stages = ", ".join(f"{name} {at:.1f}" for name, at in live.stages.items())
    say(f"{kind.name}: {took[-1]:.1f} s, answered after {answered:.1f} ({stages})")


def _server(folder, **settings):
    folder.mkdir(parents=True)
    return deploying(folder, os.environ["WOVE_TEST_DOCKER"], **settings)


def _until_ready(server):
    """Wait until all environments stand ready, for which nobody asks; return the seconds."""
    server.ask("wove/api/projects", {"title": "Waves"})
    began = time.perf_counter()
    while len(ready := _ready(socket_of(server.data))) < len(STACKS):
        assert time.perf_counter() - began < PATIENCE, ready
        time.sleep(1)
    return time.perf_counter() - began


def _ready(socket):
    if not socket.is_socket():  # the server has started no runner yet
        return []
    return Runner(lambda: str(socket)).ask("GET", "/v1/status", Status).stacks


def _figures(seen):
    targets = {f"{kind.name}: {how}": seconds for kind in KINDS for how, seconds in kind.bounds}
    return [Figure(name, found, targets.get(name), "s") for name, found in seen.items()]
