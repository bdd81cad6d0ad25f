"""Facts as the index keeps them: numbered, each a word of the documents of which it holds."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import get_args

from jupyter_wove.search.engines import State
from jupyter_wove.search.engines.embedded.words import schema
from jupyter_wove.search.facts import Fact, FactKind
from jupyter_wove.search.texts import FACT, IMPLIED, clean

LONGEST = 200  # characters of a value
KINDS = get_args(FactKind)  # no more than have one digit
DOTS = {"uses": ".", "has": ":"}
ALL = f"{IMPLIED}0"  # a word that every document has


class Facts:
    """The facts of one file, within one transaction."""

    def __init__(self, connection: sqlite3.Connection, known: dict[tuple[str, str], int]) -> None:
        self.connection = connection
        self._known = known

    def written(self, facts: Iterable[Fact]) -> tuple[str, set[int]]:
        """Write facts, and what they imply, as words; return their numbers too."""
        held = {self._number(each.kind, each.value): each.kind for each in facts}
        implied = {self._number(*each) for fact in facts for each in implications(fact)}
        words = [
            ALL,
            *(word_of(kind, id_) for id_, kind in held.items()),
            *(f"{IMPLIED}{id_}" for id_ in implied),
        ]
        return " ".join(words), set(held)

    def settle(self, project: int, state: State | None) -> None:
        """Note which facts hold of a project, and how many may be seen by everybody."""
        was = {row[0]: row[1:] for row in self.connection.execute(schema.MARKS, (project,))}
        now = self._marks(project, state) if state else {}
        new = ((project, fact, *now[fact]) for fact in now if was.get(fact) != now[fact])
        self.connection.executemany(schema.PUT_MARK, new)
        gone = ((project, fact) for fact in was.keys() - now)
        self.connection.executemany(schema.FORGET_MARK, gone)
        changes = (
            (change, fact)
            for fact in was.keys() | now
            if (change := now.get(fact, (0, 0))[1] - was.get(fact, (0, 0))[1])
        )
        self.connection.executemany(schema.COUNT_FACT, changes)

    def _marks(self, project: int, state: State) -> dict[int, tuple[int, int]]:
        """Tell of each fact whether it is the project's own, and whether everybody sees it."""
        rows = self.connection.execute(schema.PART_FACTS, (project,))
        marks = {fact: (0, public) for fact, public in rows}
        own = {self._number(each.kind, each.value) for each in state.facts}
        return marks | dict.fromkeys(own, (1, int(bool(state.public))))

    def _number(self, kind: str, value: str) -> int:
        number = self._known.get((kind, value))
        if number is None:
            shown = clean(value, LONGEST).strip()
            key = (kind, folded(shown))
            row = self.connection.execute(schema.FACT_ID, key).fetchone()
            number = int(row[0]) if row else self._add(*key, shown)
            self._known[kind, value] = number
        return number

    def _add(self, kind: str, key: str, shown: str) -> int:
        added = self.connection.execute(schema.ADD_FACT, (kind, key, shown)).lastrowid
        return added or 0  # there is one where a row was added


def word_of(kind: str, id_: int) -> str:
    """Write a fact as a word, which tells its kind."""
    return f"{FACT}{KINDS.index(kind)}{id_}"


def folded(value: str) -> str:
    """Write a value as it is compared."""
    return clean(value, LONGEST).strip().casefold()


def implied_kind(kind: str) -> str:
    """Name what is implied by facts of a kind."""
    return f"in {kind}"


def implications(fact: Fact) -> Iterator[tuple[str, str]]:
    """List by what else a fact is found: what it is a part of, its last name, its library."""
    kind = "uses" if fact.kind == "lib" else fact.kind
    yield from ((implied_kind(kind), value) for value in _implied(fact))


def _implied(fact: Fact) -> set[str]:
    if fact.kind in DOTS:
        return _runs(fact.value, DOTS[fact.kind])
    if fact.kind == "dataset":
        name = PurePosixPath(fact.value.partition("?")[0]).name
        return {name, name.partition(".")[0]} - {fact.value, ""}
    return {fact.value} if fact.kind == "lib" else set()


def _runs(value: str, dot: str) -> set[str]:
    """List the beginnings and the ends of a dotted name."""
    names = value.split(dot)
    cuts = range(1, len(names))
    ends = (dot.join(names[cut:]) for cut in cuts)
    return {*(dot.join(names[:cut]) for cut in cuts), *ends} - {""}
