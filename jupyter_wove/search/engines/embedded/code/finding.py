"""Looks at the texts that may match, and puts those that do in order."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from jupyter_wove.search.engines import PUBLIC
from jupyter_wove.search.engines.code import Files, FoundFile, Place, Sought
from jupyter_wove.search.engines.embedded.code import schema
from jupyter_wove.search.engines.embedded.code.matching import expression, globs
from jupyter_wove.search.engines.embedded.code.packing import kept, key
from jupyter_wove.search.patterns import CLOSELY, IMPOSSIBLE, Budget, OutOfTime

STRETCH = 100  # texts that match, put in order together
MOST_READ = 16 * 1024 * 1024  # bytes of them
NEWEST = 2**62
SHOWING = 0.1  # seconds for looking at what is shown, beyond those for finding it


class Match(NamedTuple):
    """A text that matches; what ranks lowest comes first."""

    rank: int
    newness: int

    @property
    def text(self) -> int:
        """Tell which text it is."""
        return -self.newness


class Stretch(NamedTuple):
    """Texts that match, in their order, and where those begin that follow; 0 at the end."""

    matches: list[Match]
    following: int


class Finder:
    """Answers one question within one state of the index."""

    def __init__(self, connection: sqlite3.Connection, sought: Sought) -> None:
        self.connection = connection
        self.wish, self.budget, self.sought = sought.wish, sought.budget, sought
        self.values, self.showing = _values(sought), Budget(SHOWING)
        self.name = key(sought.name)

    def files(self) -> Files:
        """Find a page of files."""
        at = self.sought.after or _beginning(others=not self.name)
        found: list[FoundFile] = []
        while self.wish.need != IMPOSSIBLE:
            stretch = self._stretch(at)
            for each in self._files(stretch, at):
                if len(found) == self.sought.limit:
                    return Files(found, found[-1].place)
                found.append(each)
            if not stretch.following and at.others:
                break
            at = _beginning(stretch.following or NEWEST, others=at.others or not stretch.following)
            if self.budget.is_over():
                self.budget.left_out = True
                return Files(found, at)
        return Files(found, None)

    def _stretch(self, at: Place) -> Stretch:
        """Look at texts until enough of them match, or the time is over."""
        matches, read, first, text = list[Match](), 0, 0, at.start
        # Where only newness tells, what is found is in order already.
        most = STRETCH if self.wish.closely else self.sought.limit + 1
        try:
            for text, body in self._candidates(at):
                first = first or text
                rank = self.wish.rank(body, self.budget)
                if rank is not None and not (at.others and self._defines(text)):
                    matches.append(Match(rank, -text))
                    read += len(body)
                if len(matches) == most or read > MOST_READ:
                    return Stretch(sorted(matches), text - 1)
        except OutOfTime:
            # What takes all the time there is would do so again.
            return Stretch(sorted(matches), text - 1 if text == first else text)
        return Stretch(sorted(matches), 0)

    def _candidates(self, at: Place) -> sqlite3.Cursor:
        match = expression(self.wish.need)
        statement = (
            (schema.CANDIDATES if match else schema.EVERY) if at.others else schema.DEFINING
        )
        asked = {"match": match, "start": at.start, "name": self.name}
        return self.connection.execute(statement, self.values | asked)

    def _defines(self, text: int) -> bool:
        row = (self.name, text)
        return bool(self.name) and bool(self.connection.execute(schema.DEFINES, row).fetchone())

    def _files(self, stretch: Stretch, at: Place) -> Iterator[FoundFile]:
        """List the files that have these texts, from where the page before ended."""
        for match in stretch.matches:
            if match >= (at.rank, at.newness):
                is_begun = match == (at.rank, at.newness)
                yield from self._holders(match, at, at.file if is_begun else 0)

    def _holders(self, match: Match, at: Place, after: int) -> Iterator[FoundFile]:
        """List the files that have a text."""
        asked = {"text": match.text, "file": after, "room": self.sought.limit + 1}
        rows = self.connection.execute(schema.FILES, self.values | asked).fetchall()
        if not rows:
            return
        body = kept(*self.connection.execute(schema.TEXT, (match.text,)).fetchone())
        selection = self.wish.selection(body.text, self.showing)
        for file, project, revision, version, public, path in rows:
            place = Place(at.others, at.start, *match, file)
            known = project, revision, version, bool(public), path
            yield FoundFile(place, *known, body, selection)


def _beginning(start: int = NEWEST, *, others: bool) -> Place:
    return Place(others, start, CLOSELY, -NEWEST, 0)


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
