"""What a question demands besides its words, as FTS5 and SQL say it; values are always bound."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from jupyter_wove.search.engines import Wanted
from jupyter_wove.search.engines.embedded.words import matching
from jupyter_wove.search.engines.embedded.words.facts import ALL, folded, implied_kind, word_of
from jupyter_wove.search.queries import Filter, Range
from jupyter_wove.search.texts import IMPLIED

OF_DOCUMENTS = ("lang", "uses", "dataset", "has")
OF_PROJECTS = ("user", "tag", "tech", "level")
MOST_FACTS = 500  # one of which is asked for
LONGEST_AGE = timedelta(days=50 * 365)

_VALUES = "SELECT id FROM fact WHERE kind = ? AND folded = ?"
_DAYS = (
    "SELECT id FROM fact WHERE kind = 'verified' AND folded BETWEEN ? AND ? ORDER BY folded DESC"
)
_OWN = """part.project {no} IN (
    SELECT project FROM mark WHERE own AND fact IN (SELECT value FROM json_each(:{name})))"""


class Impossible(Exception):
    """Nothing is as the question demands."""


class Demands(NamedTuple):
    """A match for FTS5, or none; tests in SQL, and their values. `ranks` where words are asked."""

    match: str
    ranks: bool
    tests: list[str]
    values: dict[str, object]


class Reading:
    """Reads the demands of one question."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.wanted: list[str] = []
        self.unwanted: list[str] = []
        self.tests: list[str] = []
        self.values: dict[str, object] = {}

    def read(self, wanted: Wanted) -> Demands:
        """Collect what a question demands. Raises Impossible."""
        question = wanted.question
        words = matching.wanted(question, every=wanted.every)
        self.wanted += [words] if words else []
        self.unwanted += [matching.quoted(text) for text in question.without]
        for each in question.filters:
            self._filters(each.name)(each)
        for each_range in question.ranges:
            self._range(each_range)
        return Demands(self._match(), bool(words), self.tests, self.values)

    def _match(self) -> str:
        if self.unwanted and not self.wanted:
            self.wanted.append(matching.either("facts", [ALL]))
        wanted, unwanted = " AND ".join(self.wanted), " OR ".join(self.unwanted)
        return f"({wanted}) NOT ({unwanted})" if unwanted else wanted

    def _filters(self, name: str) -> Callable[[Filter], None]:
        if name in OF_DOCUMENTS:
            return self._facts
        if name in OF_PROJECTS:
            return self._own
        return self._output if name == "output" else self._path

    def _facts(self, each: Filter) -> None:
        held = [word_of(each.name, id_) for id_ in self._ids(each.name, each.values)]
        implied = self._ids(implied_kind(each.name), each.values)
        self._demand([*held, *(f"{IMPLIED}{id_}" for id_ in implied)], no=each.no)

    def _demand(self, words: list[str], *, no: bool) -> None:
        if words:
            (self.unwanted if no else self.wanted).append(matching.either("facts", words))
        elif not no:
            raise Impossible

    def _output(self, each: Filter) -> None:
        side = self.unwanted if each.no else self.wanted
        side.append(matching.either("output", list(each.values)))

    def _own(self, each: Filter) -> None:
        ids = self._ids(each.name, each.values)
        if ids:
            name = self._bind(msgspec.json.encode(ids).decode())
            self.tests.append(_OWN.format(no="NOT" if each.no else "", name=name))
        elif not each.no:
            raise Impossible

    def _path(self, each: Filter) -> None:
        tests = [test for value in each.values for test in self._paths(value)]
        self.tests.append(f"{'NOT' if each.no else ''} ({' OR '.join(tests)})")

    def _paths(self, value: str) -> list[str]:
        """A pattern fits a path, or its end after a folder; what is none, any piece of it."""
        like = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        has_wildcards = "*" in like or "?" in like
        like = like.replace("*", "%").replace("?", "_").removeprefix("/")
        likes = [like, f"%/{like}"] if has_wildcards else [f"%{like}%"]
        return [f"part.path LIKE :{self._bind(each)} ESCAPE '\\'" for each in likes]

    def _range(self, each: Range) -> None:
        if each.name == "verified":
            self._verified(each)
            return
        no = "NOT" if each.no else ""
        least, most = self._bind(each.least), self._bind(each.most)
        self.tests.append(
            f"{no} (about.{each.name} >= ifnull(:{least}, 0)"
            f" AND about.{each.name} <= ifnull(:{most}, 9e18))"
        )

    def _verified(self, each: Range) -> None:
        today = datetime.now(UTC)
        days = [
            (today - min(timedelta(seconds=age), LONGEST_AGE)).date().isoformat()
            for age in (each.most if each.most is not None else 2**40, each.least or 0)
        ]
        rows = self.connection.execute(_DAYS, days).fetchmany(MOST_FACTS)
        self._demand([word_of("verified", id_) for (id_,) in rows], no=each.no)

    def _ids(self, kind: str, values: tuple[str, ...]) -> list[int]:
        found = (self.connection.execute(_VALUES, (kind, folded(each))) for each in values)
        return [int(id_) for rows in found for (id_,) in rows]

    def _bind(self, value: object) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return name
