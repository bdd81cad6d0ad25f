"""What keeps an index: small protocols, so that others can do it at another scale."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple, Protocol
from uuid import UUID

import msgspec

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.search.models import Fragment, Where
from jupyter_wove.search.queries import Question

PUBLIC = "public"  # the principal that everybody is
Kind = Literal["project", "file", "cell"]


class Overtaken(Exception):
    """Somebody began to index the same project later, and so knows better."""


class Moved(Exception):
    """The index was replaced by a rebuilt one meanwhile: begin again."""


class Damaged(Unavailable):
    """The index cannot be read any more."""


def principal(person: UUID) -> str:
    """Write down somebody as one of those who may see something."""
    return f"person:{person}"


class Document(msgspec.Struct, frozen=True):
    """One thing that can be found; empty text where it has none of a kind.

    `label` is what a cell is shown under; it is not searched.
    """

    kind: Kind
    cell: int | None = None
    cell_id: str | None = None
    label: str = ""
    title: str = ""
    tags: str = ""
    owner: str = ""
    description: str = ""
    markdown: str = ""
    source: str = ""
    output: str = ""
    folder: str = ""


class Part(NamedTuple):
    """A file of a project as it was once, or the project's page (its path is empty)."""

    path: str
    digest: str


class Ticket(NamedTuple):
    """The right to say what is in a project, until somebody takes a later one."""

    generation: str
    project: UUID
    number: int


class State(msgspec.Struct, frozen=True):
    """What is to be found of a project, and by whom: parts `public`, parts of the `work`.

    `version` is the published one that `public` shows, `members` the principals who see the work.
    Where not all could be read, it is not `complete`.
    """

    revision: int
    version: str | None
    members: frozenset[str]
    public: frozenset[Part]
    work: frozenset[Part]
    complete: bool = True


class Position(NamedTuple):
    """Where in a list of results something stands."""

    score: float
    id: int


class Found(msgspec.Struct, frozen=True):
    """Something found, with the state of its project that the index knows."""

    position: Position
    project: UUID
    revision: int
    version: str | None
    public: bool
    kind: Kind
    path: str
    cell: int | None
    cell_id: str | None
    title: list[Fragment]
    snippet: list[Fragment]


class Wanted(msgspec.Struct, frozen=True):
    """A page of results to find: with all terms of the question, or with any of them."""

    question: Question
    every: bool
    where: Where
    principals: Sequence[str]
    after: Position | None
    limit: int


class Writer(Protocol):
    """What is said about projects. All but `begin` raise Overtaken and Moved."""

    def begin(self, project: UUID) -> Ticket:
        """Take the right to say what is in a project; read the truth only after this."""

    def parts(self, ticket: Ticket) -> set[Part]:
        """List the parts of a project that are kept already, to be found or not."""

    def add(self, ticket: Ticket, part: Part, documents: Iterable[Document]) -> None:
        """Keep a part; nobody finds it before `settle` says so."""

    def settle(self, ticket: Ticket, state: State | None) -> None:
        """Say in one step what is to be found of a project; None forgets it."""


class Successor(Writer, Protocol):
    """A fresh index that nobody reads yet."""

    def take_over(self) -> set[UUID]:
        """Become the index, if no project has changed since it was last asked.

        Return those that have, which are to be indexed before asking again; nothing is done then.
        """


class Index(Writer, Protocol):
    """What is said about projects is kept here; safe to use from many threads and processes."""

    def revisions(self) -> dict[UUID, int]:
        """Tell which revision of each project is indexed; -1 where it is not complete."""

    def rebuild(self, fill: Callable[[Successor], None]) -> None:
        """Have a fresh index filled beside the one in use, until it takes over."""

    def is_new(self) -> bool:
        """Tell whether nothing was kept yet as it is kept today."""

    def drop_old(self) -> None:
        """Remove what other versions of Wove, and rebuilds that were killed, left long ago."""

    def close(self) -> None:
        """Let go of what is open."""


class KeywordEngine(Index, Protocol):
    """An index that is asked for words."""

    def find(self, wanted: Wanted) -> list[Found]:
        """Find what these principals may see, best first.

        Rights are applied before anything is counted, ranked or cut off.
        """
