"""Fills an index with what was made up before, while somebody asks it."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.errors import WoveError
from jupyter_wove.search import Search
from jupyter_wove.search.engines import Document, KeywordEngine, Part, State, Successor, Ticket


class Said:
    """A writer that remembers what it was told, to tell it to any index."""

    def __init__(self) -> None:
        self._projects: dict[UUID, tuple[list[tuple[Part, list[Document]]], State | None]] = {}
        self._parts: list[tuple[Part, list[Document]]] = []

    def begin(self, project: UUID) -> Ticket:
        """Hear of a project."""
        self._parts = []
        return Ticket("", project, 1)

    def parts(self, ticket: Ticket) -> set[Part]:
        """Know nothing of it yet."""
        return set()

    def add(self, ticket: Ticket, part: Part, documents: Iterable[Document]) -> None:
        """Remember a part."""
        self._parts.append((part, list(documents)))

    def settle(self, ticket: Ticket, state: State | None) -> None:
        """Remember what is to be found."""
        self._projects[ticket.project] = self._parts, state

    def tell(self, fresh: Successor) -> None:
        """Fill a fresh index with all of it, as it is filled from projects, and have it used."""
        for project, (parts, state) in self._projects.items():
            ticket = fresh.begin(project)
            kept = fresh.parts(ticket)
            for part, documents in parts:
                if part not in kept:
                    fresh.add(ticket, part, documents)
            fresh.settle(ticket, state)
        fresh.take_over()


@contextmanager
def asking(search: Search, actor: Actor, word: Callable[[], str]) -> Iterator[Counter[str]]:
    """Ask for words all the time; count the answers by what they are."""
    answers, stop = Counter[str](), threading.Event()

    def ask() -> None:
        while not stop.wait(0.1):
            try:
                found = search.find(actor, word()).items
            except WoveError:
                answers["failed"] += 1
            else:
                answers["found" if found else "empty"] += 1

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield answers
    finally:
        stop.set()
        thread.join()


def filled(engine: KeywordEngine, said: Said) -> float:
    """Fill the index anew; return how many seconds it took."""
    start = time.perf_counter()
    engine.rebuild(said.tell)
    return time.perf_counter() - start
