"""Looks at the texts in a file of an index."""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from jupyter_wove.search.engines import PUBLIC
from jupyter_wove.search.engines.bodies import Body
from jupyter_wove.search.engines.code import Place, Sought
from jupyter_wove.search.engines.embedded.code import schema
from jupyter_wove.search.engines.embedded.code.matching import expression, globs
from jupyter_wove.search.engines.embedded.code.packing import kept
from jupyter_wove.search.engines.looking import Holder, Looking


class Finder(Looking):
    """Answers one question within one state of the index."""

    def __init__(self, connection: sqlite3.Connection, sought: Sought) -> None:
        super().__init__(sought)
        self.connection = connection
        self.values = _values(sought)

    def candidates(self, at: Place) -> Iterable[tuple[int, bytes]]:
        """List texts that may match, read as they are looked at."""
        match = expression(self.wish.need)
        statement = (
            (schema.CANDIDATES if match else schema.EVERY) if at.others else schema.DEFINING
        )
        asked = {"match": match, "start": at.start, "name": self.name}
        return self.connection.execute(statement, self.values | asked)

    def defines(self, text: int) -> bool:
        """Tell whether a text defines the name."""
        row = (self.name, text)
        return self.connection.execute(schema.DEFINES, row).fetchone() is not None

    def holders(self, text: int, after: int) -> Sequence[Holder]:
        """List the files that have a text."""
        asked = {"text": text, "file": after, "room": self.sought.limit + 1}
        rows = self.connection.execute(schema.FILES, self.values | asked)
        return [(file, *known, bool(public), path) for file, *known, public, path in rows]

    def body(self, text: int) -> Body | None:
        """Read a text."""
        return kept(*self.connection.execute(schema.TEXT, (text,)).fetchone())


def _values(sought: Sought) -> dict[str, object]:
    narrowed = sought.narrowed
    return {
        "principals": _json(each for each in sought.principals if each != PUBLIC),
        "open": PUBLIC in sought.principals,
        "remixes": sought.remixes,
        "langs": _asked(narrowed.langs),
        "paths": _asked(globs(narrowed.paths)),
        "users": _asked(map(str.lower, narrowed.users)),
        "no_langs": _asked(narrowed.no_langs),
        "no_paths": _asked(globs(narrowed.no_paths)),
        "no_users": _asked(map(str.lower, narrowed.no_users)),
    }


def _asked(values: Iterable[str]) -> str | None:
    """Write a list; None where it asks for nothing, which costs no time then."""
    listed = list(values)
    return _json(listed) if listed else None


def _json(values: Iterable[str]) -> str:
    return msgspec.json.encode(list(values)).decode()
