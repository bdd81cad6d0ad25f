"""Names in code, and the words they are made of."""

import re

LONGEST = 100  # characters of a name: a longer one is no name that somebody would type
_NAME = re.compile(r"[^\W\d]\w*")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\dA-Za-z_]+")


def parts(name: str) -> list[str]:
    """Split a name into its words in lower case: HTTPServer, http_server and httpServer alike."""
    return [part.lower() for part in _PART.findall(name[:LONGEST])]


def names(text: str) -> list[str]:
    """List the names in code, each once, in order."""
    found = dict.fromkeys(_NAME.findall(text))
    return [name for name in found if len(name) <= LONGEST]
