"""What a question demands besides its words, as PostgreSQL says it; values are always bound."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from jupyter_wove.search.engines import Wanted
from jupyter_wove.search.engines.embedded.words.conditions import (
    LONGEST_AGE,
    MOST_FACTS,
    OF_DOCUMENTS,
    OF_PROJECTS,
)
from jupyter_wove.search.engines.embedded.words.facts import folded, implied_kind
from jupyter_wove.search.engines.postgresql.connections import Speech
from jupyter_wove.search.engines.postgresql.schema import HERE
from jupyter_wove.search.engines.postgresql.words.facts import held, implied
from jupyter_wove.search.engines.postgresql.words.lexemes import quoted
from jupyter_wove.search.engines.postgresql.words.matching import Match, match, phrase
from jupyter_wove.search.queries import Filter, Range

_DAYS = f"""
SELECT folded FROM {HERE}.fact WHERE kind = 'verified'
  AND folded BETWEEN %(first)s AND %(last)s ORDER BY folded DESC LIMIT {MOST_FACTS}
"""  # noqa: S608


class Demands(NamedTuple):
    """A tsquery, or none; how its terms rank; tests in SQL, and their values."""

    match: str
    terms: Match
    tests: list[str]
    values: dict[str, Any]


class Reading:
    """Reads the demands of one question."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self.wanted: list[str] = []
        self.unwanted: list[str] = []
        self.tests: list[str] = []
        self.values: dict[str, Any] = {}

    def read(self, wanted: Wanted) -> Demands | None:
        """Collect what a question demands; None where nothing can be so."""
        question = wanted.question
        terms = match(question, every=wanted.every)
        if question.terms and not terms.whole:
            return None
        self.wanted += [f"({terms.whole})"] if terms.whole else []
        self.unwanted += [said for text in question.without if (said := phrase(text))]
        for each in question.filters:
            self._filters(each.name)(each)
        for each_range in question.ranges:
            self._range(each_range)
        return Demands(self._match(), terms, self.tests, self.values)

    def _match(self) -> str:
        unwanted = [f"!({each})" for each in self.unwanted]
        return " & ".join([*self.wanted, *unwanted])

    def _filters(self, name: str) -> Callable[[Filter], None]:
        if name in OF_DOCUMENTS:
            return self._facts
        if name in OF_PROJECTS:
            return self._own
        return self._output if name == "output" else self._path

    def _facts(self, each: Filter) -> None:
        kind = implied_kind(each.name)
        words = [held(each.name, value) for value in each.values]
        words += [implied(kind, value) for value in each.values]
        self._demand(map(quoted, words), no=each.no)

    def _demand(self, words: Iterable[str], *, no: bool) -> None:
        either = " | ".join(words) or "'-'"  # which is no word, so that nothing has it
        (self.unwanted if no else self.wanted).append(f"({either})")

    def _output(self, each: Filter) -> None:
        either = " | ".join(filter(None, map(phrase, each.values))) or "'-'"
        self._test(f"document.outputs @@ %({self._bind(either)})s::tsquery", no=each.no)

    def _own(self, each: Filter) -> None:
        values = self._bind([folded(value) for value in each.values])
        own = f"own AND kind = %({self._bind(each.name)})s AND folded = ANY(%({values})s)"
        marked = f"SELECT project FROM {HERE}.mark WHERE {own}"  # noqa: S608
        self._test(f"part.project IN ({marked})", no=each.no)

    def _path(self, each: Filter) -> None:
        tests = [test for value in each.values for test in self._paths(value)]
        self._test(" OR ".join(tests), no=each.no)

    def _paths(self, value: str) -> list[str]:
        """A pattern fits a path, or its end after a folder; what is none, any piece of it."""
        like = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        has_wildcards = "*" in like or "?" in like
        like = like.replace("*", "%").replace("?", "_").removeprefix("/")
        likes = [like, f"%/{like}"] if has_wildcards else [f"%{like}%"]
        return [f"part.path ILIKE %({self._bind(each)})s" for each in likes]

    def _range(self, each: Range) -> None:
        if each.name == "verified":
            self._verified(each)
            return
        least = self._bind(each.least or 0)
        most = self._bind(each.most if each.most is not None else 2**31 - 1)
        self._test(f"about.{each.name} BETWEEN %({least})s AND %({most})s", no=each.no)

    def _verified(self, each: Range) -> None:
        today = datetime.now(UTC)
        first, last = (
            (today - min(timedelta(seconds=age), LONGEST_AGE)).date().isoformat()
            for age in (each.most if each.most is not None else 2**40, each.least or 0)
        )
        days = self.speech.ask(_DAYS, {"first": first, "last": last})
        self._demand((quoted(held("verified", day)) for (day,) in days), no=each.no)

    def _test(self, test: str, *, no: bool) -> None:
        self.tests.append(f"({test}) IS NOT TRUE" if no else f"({test})")

    def _bind(self, value: Any) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return name
