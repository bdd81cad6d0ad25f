"""What keeps code, and finds the lines in it that match patterns."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import msgspec

from jupyter_wove.search.engines import Index, Sort
from jupyter_wove.search.engines.bodies import Body
from jupyter_wove.search.patterns import Budget, Selection, Wish


class Place(NamedTuple):
    """Where in a list of files one stands.

    Texts are looked at in stretches, of which each is put in order, at first those that define the
    name that is looked for: `others` says whether they are behind us, `start` where a stretch
    begins, the rest what stands there before all that follows.
    """

    others: bool
    start: int
    rank: int
    newness: int
    file: int


class Narrowed(msgspec.Struct, frozen=True):
    """Which files are looked at: in one of these languages, …; with `no`, in none of them."""

    langs: Sequence[str] = ()
    paths: Sequence[str] = ()
    users: Sequence[str] = ()
    no_langs: Sequence[str] = ()
    no_paths: Sequence[str] = ()
    no_users: Sequence[str] = ()


class Sought(msgspec.Struct, frozen=True):
    """Which files to find, for whom, from where on, and how long that may take.

    Those that define the `name` come first, however it is spelled; empty for none. A file that a
    project shares with its `remixes` is told once, unless all are asked for.
    """

    wish: Wish
    principals: Sequence[str]
    budget: Budget
    name: str = ""
    narrowed: Narrowed = Narrowed()
    after: Place | None = None
    limit: int = 50
    remixes: bool = False


class FoundFile(msgspec.Struct, frozen=True):
    """A file with lines that match, with the state of its project that the index knows."""

    place: Place
    project: str
    revision: int
    version: str | None
    public: bool
    path: str
    body: Body
    selection: Selection

    @property
    def id(self) -> int:
        """Number it among all files."""
        return self.place.file

    @property
    def sort(self) -> Sort:
        """Tell of what this is a part: prompts and people have no files."""
        return "project"


class Files(NamedTuple):
    """Some files, and the place where to go on; None at the end."""

    found: list[FoundFile]
    next: Place | None


class CodeEngine(Index, Protocol):
    """An index that is asked for patterns."""

    def find(self, sought: Sought) -> Files:
        """Find files that these principals may see; rights are applied before all else.

        When the budget's time is over, that is all; what is next says where to go on.
        """

    def names_like(self, name: str, limit: int) -> list[str]:
        """Find names in code that are spelled nearly like this one, the nearest first.

        Whoever may see them: what is shown to somebody must be looked for as them before.
        """
