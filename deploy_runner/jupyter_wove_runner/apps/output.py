"""What apps say while they run: the last lines, with numbers to ask for what is new."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from jupyter_wove.runner import OutputLine

MOST = 1000  # lines
LONGEST = 2000  # characters of a line
FLOOD = 500  # lines of a second


class Output:
    """The last lines of an app, of whichever container."""

    def __init__(self) -> None:
        self._lines: deque[OutputLine] = deque(maxlen=MOST)
        self._n = 0

    def after(self, n: int) -> list[OutputLine]:
        """Read what came after a line, as far as it is kept."""
        return [line for line in self._lines if line.n > n]

    def last(self, count: int) -> str:
        """Read the last lines."""
        return "\n".join(line.text for line in list(self._lines)[-count:])

    def say(self, text: str) -> None:
        """Take a line."""
        self._n += 1
        self._lines.append(OutputLine(self._n, datetime.now(UTC), text[:LONGEST]))

    async def hear(self, pieces: AsyncIterator[str]) -> None:
        """Take all that comes, and no faster than a person could ever want it."""
        rest, since, count = "", time.monotonic(), 0
        async for piece in pieces:
            *lines, rest = (rest + piece).split("\n")
            for line in lines:
                self.say(line.rstrip("\r"))
            rest, count = rest[-LONGEST:], count + len(lines)
            if count > FLOOD:
                await asyncio.sleep(max(0.0, since + 1 - time.monotonic()))
                since, count = time.monotonic(), 0
        if rest:
            self.say(rest)
