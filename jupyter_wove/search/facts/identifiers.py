"""Names in code, and the words they are made of."""

import re
from collections.abc import Iterator

LONGEST = 100  # characters of a name: a longer one is no name that somebody would type
_NAME = re.compile(r"[^\W\d]\w*")
_RUN = re.compile(r"[^\W\d_]+|\d+")


def parts(name: str) -> list[str]:
    """Split a name into its words in lower case: HTTPServer, http_server and httpServer alike."""
    return [word.lower() for run in _RUN.findall(name[:LONGEST]) for word in _humps(run)]


def names(text: str) -> list[str]:
    """List the names in code, each once, in order."""
    found = dict.fromkeys(_NAME.findall(text))
    return [name for name in found if len(name) <= LONGEST]


def _humps(run: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(run)):
        is_new = not run[place - 1].isupper() or run[place + 1 : place + 2].islower()
        if run[place].isupper() and is_new:
            yield run[start:place]
            start = place
    yield run[start:]
