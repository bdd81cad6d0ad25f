"""What keeps an index: small protocols, so that others can do it at another scale."""

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol
from uuid import UUID

import msgspec

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.search.facts import Fact, FactKind
from jupyter_wove.search.models import Field, Fragment, Where
from jupyter_wove.search.models import Kind as Kind
from jupyter_wove.search.queries import Question

if TYPE_CHECKING:
    Vector = array[float]  # of 32 bits each, and of length one
else:
    Vector = array  # without types before Python 3.12

PUBLIC = "public"  # the principal that everybody is
Sort = Literal["project", "prompt", "person"]  # of what the parts are parts


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

    `label` is what a cell is shown under; it is not searched. `text` is a whole file, as it is
    searched for patterns only.
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
    text: str = ""
    facts: frozenset[Fact] = frozenset()


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
    Where not all could be read, it is not `complete`. What follows may change without the parts:
    `facts` hold of all of it, and of all projects of a `family` only one is shown. Prompts and
    people are kept as projects are, as others of a `sort`.
    """

    revision: int
    version: str | None
    members: frozenset[str]
    public: frozenset[Part]
    work: frozenset[Part]
    complete: bool = True
    sort: Sort = "project"
    facts: frozenset[Fact] = frozenset()
    family: UUID | None = None
    stars: int = 0
    remixes: int = 0


class Wanted(msgspec.Struct, frozen=True):
    """What to find: with all terms of the question, or with any of them."""

    question: Question
    principals: Sequence[str]
    every: bool = True
    where: Where = "all"


class Found(NamedTuple):
    """Something found, with the state of its project that the index knows.

    The higher the `score`, the better it fits; what fits only by its qualifiers has none. What is
    `meant` is near in meaning, whether it has a word of the question or not. There are thousands
    of these, so ids are text, as they are kept.
    """

    id: int
    score: float
    project: str
    sort: Sort
    family: str | None
    version: str | None
    public: bool
    stars: int
    meant: bool = False


class Shown(msgspec.Struct, frozen=True):
    """What something that was found says, the words marked.

    `fields` are those that have some of the words, and `words` are these as they stand there.
    """

    project: str
    revision: int
    kind: Kind
    path: str
    cell: int | None
    cell_id: str | None
    title: list[Fragment]
    snippet: list[Fragment]
    fields: list[Field]
    words: list[str]


class Count(NamedTuple):
    """A value, and of how much it holds."""

    value: str
    times: int


class Space(NamedTuple):
    """Where vectors can be compared: those of one model, of texts prepared in one way."""

    model: str
    dimension: int
    preparation: int


class Text(NamedTuple):
    """What a model is to read; equal texts have the same digest."""

    digest: str
    words: str


class Place(NamedTuple):
    """Where a document is in every index: the how-manieth it is, from 0, of which part."""

    project: UUID
    part: Part
    number: int


class Near(NamedTuple):
    """A document, and how near it is in meaning: 1 says the same, 0 has nothing to do with it."""

    place: Place
    cosine: float


class Sought(msgspec.Struct, frozen=True):
    """What to find the nearest of, down to `least`; of some kinds only, if any are named."""

    vector: Vector
    principals: Sequence[str]
    limit: int
    least: float = -1.0
    kinds: Collection[Kind] | None = None


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
    """An index that is asked for words and facts.

    Those who ask are always named: rights are applied before anything is counted, ranked or cut
    off.
    """

    def find(self, wanted: Wanted) -> list[Found]:
        """Find what these principals may see, in any order; of very much, only the newest."""

    def located(self, wanted: Wanted, places: Sequence[Place]) -> dict[Place, Found]:
        """Find those of some places that a question would find without its words; none scores."""

    def shares(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, float]:
        """Tell which share of the words of a question each of some documents has."""

    def show(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, Shown]:
        """Tell what some of what was found says; what has gone meanwhile is left out."""

    def facets(
        self, principals: Sequence[str], ids: Sequence[int], kinds: Sequence[FactKind]
    ) -> dict[FactKind, list[Count]]:
        """Count of how many of what was found the facts hold, the most frequent first."""

    def values(
        self, principals: Sequence[str], kind: FactKind, beginning: str, limit: int
    ) -> list[Count]:
        """List values of facts that begin so, of what these principals may see."""

    def titles(self, principals: Sequence[str], beginning: str, limit: int) -> list[str]:
        """List titles that have a word which begins so, the newest first."""

    def corrections(self, principals: Sequence[str], words: Sequence[str]) -> dict[str, str]:
        """Guess what was meant by those of some words that nothing has."""


class VectorEngine(Index, Protocol):
    """An index that is asked for meaning. Texts wait in it until somebody gives their vectors."""

    @property
    def space(self) -> Space:
        """Say whose vectors it keeps."""

    def take(self, most: int) -> list[Text]:
        """Take texts that have no vector yet, the newest first; others get them after a while."""

    def give(self, vectors: Mapping[str, Vector]) -> None:
        """Give texts their vectors, by digest; those that are gone need none."""

    def put_back(self, digests: Sequence[str]) -> None:
        """Leave texts that were taken to others."""

    def known(self, digests: Sequence[str]) -> dict[str, Vector]:
        """Tell the vectors that some texts have, by digest; those without are left out."""

    def progress(self) -> tuple[int, int]:
        """Tell how many texts have vectors, and how many there are."""

    def nearest(self, sought: Sought) -> list[Near]:
        """Find what these principals may see, the nearest first.

        Rights are applied before the nearest are chosen.
        """

    def page(self, project: UUID, principals: Sequence[str]) -> Vector | None:
        """Say what the page of a project means, if these principals may see it."""
