"""Looks at the texts that may match and puts those that do in order, in whatever keeps them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jupyter_wove.search.engines.bodies import Body
from jupyter_wove.search.engines.code import Files, FoundFile, Place, Sought
from jupyter_wove.search.patterns import CLOSELY, IMPOSSIBLE, Budget, OutOfTime

STRETCH = 100  # texts that match, put in order together
MOST_READ = 16 * 1024 * 1024  # bytes of them
NEWEST = 2**62
SHOWING = 0.1  # seconds for looking at what is shown, beyond those for finding it
ALONE = 0.1  # seconds for the first text, however late it comes: else it would never be looked at

# Of a file: its number, the project, its revision and version, whether all may see it, its path.
Holder = tuple[int, str, int, str | None, bool, str]


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


class Looking(ABC):
    """Answers one question."""

    def __init__(self, sought: Sought) -> None:
        self.wish, self.budget, self.sought = sought.wish, sought.budget, sought
        self.showing = Budget(SHOWING)
        self.name = key(sought.name)

    @abstractmethod
    def candidates(self, at: Place) -> Iterable[tuple[int, bytes]]:
        """List texts that may match and somebody may see, the newest first, from `at.start` on.

        Before `others` only those that define the name.
        """

    @abstractmethod
    def defines(self, text: int) -> bool:
        """Tell whether a text defines the name."""

    @abstractmethod
    def holders(self, text: int, after: int) -> Sequence[Holder]:
        """List files behind one that have a text, one more than a page has."""

    @abstractmethod
    def body(self, text: int) -> Body | None:
        """Read a text, if it is still there."""

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
            for text, body in self.candidates(at):
                first = first or text
                rank = self._rank(body, is_first=text == first)
                if rank is not None and not (at.others and self._defines(text)):
                    matches.append(Match(rank, -text))
                    read += len(body)
                if len(matches) == most or read > MOST_READ:
                    return Stretch(sorted(matches), text - 1)
        except OutOfTime:
            # What takes all the time there is would do so again.
            return Stretch(sorted(matches), text - 1 if text == first else text)
        return Stretch(sorted(matches), 0)

    def _rank(self, body: bytes, *, is_first: bool) -> int | None:
        try:
            return self.wish.rank(body, self.budget)
        except OutOfTime:
            if not is_first:
                raise
            return self.wish.rank(body, Budget(ALONE))

    def _defines(self, text: int) -> bool:
        return bool(self.name) and self.defines(text)

    def _files(self, stretch: Stretch, at: Place) -> Iterator[FoundFile]:
        """List the files that have these texts, from where the page before ended."""
        for match in stretch.matches:
            if match >= (at.rank, at.newness):
                is_begun = match == (at.rank, at.newness)
                yield from self._holders(match, at, at.file if is_begun else 0)

    def _holders(self, match: Match, at: Place, after: int) -> Iterator[FoundFile]:
        """List the files that have a text."""
        rows = self.holders(match.text, after)
        body = self.body(match.text) if rows else None
        if body is None:
            return
        selection = self.wish.selection(body.text, self.showing)
        for file, project, revision, version, public, path in rows:
            place = Place(at.others, at.start, *match, file)
            yield FoundFile(place, project, revision, version, public, path, body, selection)


def key(name: str) -> str:
    """Write a name as all that are spelled like it: train_test and trainTest."""
    return name.replace("_", "").lower()


def _beginning(start: int = NEWEST, *, others: bool) -> Place:
    return Place(others, start, CLOSELY, -NEWEST, 0)
