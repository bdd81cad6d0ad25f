"""The log of what runs: lines as they are written, and never more than anybody would read."""

from collections import deque
from collections.abc import Callable

from jupyter_wove.runner import Line

Hear = Callable[[Line], None]
LINES = 5000  # heard of one log from its beginning
LAST = 50  # and of its end
LONGEST = 2000  # characters of a line


class Log:
    """Cuts what is written into lines, and lets go of what is too much."""

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._rest = {1: b"", 2: b""}
        self._heard = 0
        self._last: deque[Line] = deque(maxlen=LAST)
        self._left_out = 0

    def write(self, stream: int, written: bytes) -> None:
        """Take what was written to stdout, 1, or stderr, 2."""
        *lines, rest = (self._rest[stream] + written).split(b"\n")
        self._rest[stream] = rest[: 4 * LONGEST]
        for line in lines:
            self._add(_line(stream, line))

    def close(self) -> None:
        """Say what is left: lines without an end, and the end of a log that was too long."""
        for stream, rest in self._rest.items():
            if rest:
                self._add(_line(stream, rest))
        if left_out := self._left_out - len(self._last):
            self._hear(Line("wove", f"… {left_out:,} lines are left out …"))
        for line in self._last:
            self._hear(line)

    def _add(self, line: Line) -> None:
        if self._heard < LINES:
            self._heard += 1
            self._hear(line)
        else:
            self._left_out += 1
            self._last.append(line)


def _line(stream: int, line: bytes) -> Line:
    text = line[: 4 * LONGEST].decode(errors="replace").rstrip("\r")
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return Line("stderr" if stream == 2 else "stdout", cut)  # noqa: PLR2004
