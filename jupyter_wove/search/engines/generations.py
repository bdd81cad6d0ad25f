"""An index that is made anew beside the one in use: whoever asks is answered by what is in use."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from jupyter_wove.search.engines import (
    Count,
    Damaged,
    Document,
    Found,
    Moved,
    Near,
    Part,
    Place,
    Shown,
    Sought,
    Space,
    State,
    Text,
    Ticket,
    Vector,
    Wanted,
    Writer,
)
from jupyter_wove.search.facts import FactKind


class Generation(Writer, Protocol):
    """An index from one rebuild to the next."""

    name: str

    def revisions(self) -> dict[UUID, int]:
        """Tell which revision of each project is indexed."""


class Worded(Generation, Protocol):
    """One that is asked for words and facts; see KeywordEngine."""

    def find(self, wanted: Wanted) -> list[Found]: ...  # noqa: D102
    def located(self, wanted: Wanted, places: Sequence[Place]) -> dict[Place, Found]: ...  # noqa: D102
    def shares(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, float]: ...  # noqa: D102
    def show(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, Shown]: ...  # noqa: D102
    def facets(  # noqa: D102
        self, principals: Sequence[str], ids: Sequence[int], kinds: Sequence[FactKind]
    ) -> dict[FactKind, list[Count]]: ...
    def values(  # noqa: D102
        self, principals: Sequence[str], kind: FactKind, beginning: str, limit: int
    ) -> list[Count]: ...
    def titles(self, principals: Sequence[str], beginning: str, limit: int) -> list[str]: ...  # noqa: D102
    def corrections(  # noqa: D102
        self, principals: Sequence[str], words: Sequence[str]
    ) -> dict[str, str]: ...


class Meant(Generation, Protocol):
    """One that is asked for meanings; see VectorEngine."""

    def take(self, most: int) -> list[Text]: ...  # noqa: D102
    def give(self, vectors: Mapping[str, Vector]) -> None: ...  # noqa: D102
    def put_back(self, digests: Sequence[str]) -> None: ...  # noqa: D102
    def known(self, digests: Sequence[str]) -> dict[str, Vector]: ...  # noqa: D102
    def progress(self) -> tuple[int, int]: ...  # noqa: D102
    def nearest(self, sought: Sought) -> list[Near]: ...  # noqa: D102
    def page(self, project: UUID, principals: Sequence[str], dimension: int) -> Vector | None: ...  # noqa: D102


T = TypeVar("T")
G = TypeVar("G", bound=Generation)
W = TypeVar("W", bound=Worded)
M = TypeVar("M", bound=Meant)


class Generations(ABC, Generic[G]):
    """Hands on what is said and asked to the generation in use."""

    @abstractmethod
    def current(self) -> str:
        """Name the generation in use; empty where there is none."""

    @abstractmethod
    def generation(self) -> G:
        """Open the generation in use, and begin with an empty one where there is none."""

    @abstractmethod
    def of(self, ticket: Ticket) -> G:
        """Open the generation that a ticket is of. Raises Moved where that is known to be gone."""

    def outlived(self) -> None:
        """Hear that the generation in use was replaced."""

    def begin(self, project: UUID) -> Ticket:
        """Take the right to say what is in a project."""
        return self.ask(lambda generation: generation.begin(project))

    def parts(self, ticket: Ticket) -> set[Part]:
        """List the parts of a project that are kept already."""
        return self.of(ticket).parts(ticket)

    def add(self, ticket: Ticket, part: Part, documents: Iterable[Document]) -> None:
        """Keep a part; nobody finds it before `settle` says so."""
        self.of(ticket).add(ticket, part, documents)

    def settle(self, ticket: Ticket, state: State | None) -> None:
        """Say in one step what is to be found of a project."""
        self.of(ticket).settle(ticket, state)

    def revisions(self) -> dict[UUID, int]:
        """Tell which revision of each project is indexed; -1 where it is not complete."""
        return self.ask(lambda generation: generation.revisions())

    def is_new(self) -> bool:
        """Tell whether nothing was kept yet as it is kept today."""
        return not self.current()

    def ask(self, question: Callable[[G], T]) -> T:
        """Ask the generation in use; ask again where it was replaced in the middle of it."""
        while True:
            generation = self.generation()
            try:
                return question(generation)
            except (Moved, Damaged):
                if self.current() == generation.name:
                    raise
                self.outlived()


class WordsByGeneration(Generations[W]):
    """Hands on what is asked of words and facts."""

    def find(self, wanted: Wanted) -> list[Found]:
        """Find what these principals may see, in any order; of very much, only the newest."""
        return self.ask(lambda generation: generation.find(wanted))

    def located(self, wanted: Wanted, places: Sequence[Place]) -> dict[Place, Found]:
        """Find those of some places that a question would find without its words."""
        return self.ask(lambda generation: generation.located(wanted, places))

    def shares(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, float]:
        """Tell which share of the words of a question each of some documents has."""
        return self.ask(lambda generation: generation.shares(wanted, ids))

    def show(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, Shown]:
        """Tell what some of what was found says; what has gone meanwhile is left out."""
        return self.ask(lambda generation: generation.show(wanted, ids))

    def facets(
        self, principals: Sequence[str], ids: Sequence[int], kinds: Sequence[FactKind]
    ) -> dict[FactKind, list[Count]]:
        """Count of how many of what was found the facts hold, the most frequent first."""
        return self.ask(lambda generation: generation.facets(principals, ids, kinds))

    def values(
        self, principals: Sequence[str], kind: FactKind, beginning: str, limit: int
    ) -> list[Count]:
        """List values of facts that begin so, of what these principals may see."""
        return self.ask(lambda generation: generation.values(principals, kind, beginning, limit))

    def titles(self, principals: Sequence[str], beginning: str, limit: int) -> list[str]:
        """List titles that have a word which begins so, the newest first."""
        return self.ask(lambda generation: generation.titles(principals, beginning, limit))

    def corrections(self, principals: Sequence[str], words: Sequence[str]) -> dict[str, str]:
        """Guess what was meant by those of some words that nothing has."""
        return self.ask(lambda generation: generation.corrections(principals, words))


class VectorsByGeneration(Generations[M]):
    """Hands on what is asked of meanings."""

    space: Space

    def take(self, most: int) -> list[Text]:
        """Take texts that have no vector yet, the newest first."""
        return self.ask(lambda generation: generation.take(most))

    def give(self, vectors: Mapping[str, Vector]) -> None:
        """Give texts their vectors, by digest."""
        self.ask(lambda generation: generation.give(vectors))

    def put_back(self, digests: Sequence[str]) -> None:
        """Leave texts that were taken to others."""
        self.ask(lambda generation: generation.put_back(digests))

    def known(self, digests: Sequence[str]) -> dict[str, Vector]:
        """Tell the vectors that some texts have, by digest."""
        return self.ask(lambda generation: generation.known(digests))

    def progress(self) -> tuple[int, int]:
        """Tell how many texts have vectors, and how many there are."""
        return self.ask(lambda generation: generation.progress())

    def nearest(self, sought: Sought) -> list[Near]:
        """Find what these principals may see, the nearest first."""
        return self.ask(lambda generation: generation.nearest(sought))

    def page(self, project: UUID, principals: Sequence[str]) -> Vector | None:
        """Say what the page of a project means, if these principals may see it."""
        dimension = self.space.dimension
        return self.ask(lambda generation: generation.page(project, principals, dimension))
