"""Looks at the texts in a generation of an index."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jupyter_wove.search.engines import PUBLIC
from jupyter_wove.search.engines.bodies import Body
from jupyter_wove.search.engines.code import Place, Sought
from jupyter_wove.search.engines.embedded.code.packing import kept
from jupyter_wove.search.engines.looking import Holder, Looking
from jupyter_wove.search.engines.postgresql.code import schema
from jupyter_wove.search.engines.postgresql.code.trigrams import condition, likes
from jupyter_wove.search.engines.postgresql.connections import Speech

MOST = 10_000  # numbers of texts at a time
READ = 16  # texts at a time, each of up to a megabyte


class Finder(Looking):
    """Answers one question within one transaction."""

    def __init__(self, speech: Speech, sought: Sought) -> None:
        super().__init__(sought)
        self.speech = speech
        self.values = _values(sought)

    def candidates(self, at: Place) -> Iterator[tuple[int, bytes]]:
        """List texts that may match, read some at a time."""
        match = condition(self.wish.need) or "true"
        asked = schema.CANDIDATES.replace(schema.MATCH, match) if at.others else schema.DEFINING
        start, ids = at.start, [0] * MOST
        while len(ids) == MOST:
            values = {**self.values, "start": start, "name": self.name, "most": MOST}
            ids = [id_ for (id_,) in self._ask(asked, values)]
            yield from self._bodies(ids)
            start = ids[-1] - 1 if ids else 0

    def defines(self, text: int) -> bool:
        """Tell whether a text defines the name."""
        return bool(self.speech.ask(schema.DEFINES, {"name": self.name, "text": text}))

    def holders(self, text: int, after: int) -> Sequence[Holder]:
        """List the files that have a text."""
        asked = {"text": text, "file": after, "room": self.sought.limit + 1}
        rows: Any = self.speech.ask(schema.FILES, {**self.values, **asked})
        return list(rows)

    def body(self, text: int) -> Body | None:
        """Read a text, unless it was forgotten a moment ago."""
        rows = self.speech.ask(schema.TEXT, {"text": text})
        return kept(*rows[0]) if rows else None

    def _bodies(self, ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        for first in range(0, len(ids), READ):
            rows: Any = self._ask(schema.BODIES, {"ids": list(ids[first : first + READ])})
            yield from rows

    def _ask(self, statement: str, values: dict[str, Any]) -> list[Any]:
        """Ask, and count what the database is busy with as time of our own."""
        waited = time.monotonic() - time.thread_time()
        rows = self.speech.ask(statement, values)
        self.budget.spend(time.monotonic() - time.thread_time() - waited)
        return rows


def _values(sought: Sought) -> dict[str, Any]:
    narrowed = sought.narrowed
    return {
        "principals": [each for each in sought.principals if each != PUBLIC],
        "open": PUBLIC in sought.principals,
        "remixes": sought.remixes,
        "langs": _asked(narrowed.langs),
        "paths": _asked(likes(narrowed.paths)),
        "users": _asked(map(str.lower, narrowed.users)),
        "no_langs": _asked(narrowed.no_langs),
        "no_paths": _asked(likes(narrowed.no_paths)),
        "no_users": _asked(map(str.lower, narrowed.no_users)),
    }


def _asked(values: Iterable[str]) -> list[str] | None:
    """Write a list; None where it asks for nothing."""
    return list(values) or None
