"""Processes that bring news to the search index, made so quickly that they can be killed often."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from jupyter_wove.app import Wove
from jupyter_wove.kit import outbox

LEASE = timedelta(seconds=1)  # else everybody would wait a minute for what a killed one had taken


class Relays:
    """A process that has loaded all, and has a copy of itself bring news, one after another."""

    def __init__(self, *place: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.relay", *place],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> int:
        """Have a copy bring news; return its id once it has begun to."""
        self._say("start")
        return int(self._process.stdout.readline())

    def kill(self, relay: int) -> None:
        """End a copy in the middle of whatever it does."""
        os.kill(relay, signal.SIGKILL)
        self._say("bury")
        assert self._process.stdout.readline() == "buried\n"

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=30)

    def _say(self, word: str) -> None:
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()


def main(url: str, data: str, root: str) -> None:
    outbox.LEASE = LEASE
    for line in sys.stdin:
        if line == "bury\n":
            os.wait()
            _tell("buried")
        elif os.fork() == 0:
            wove = Wove(url, Path(data), Path(root), "Grace")
            wove.outbox.start()
            _tell(str(os.getpid()))
            time.sleep(3600)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
