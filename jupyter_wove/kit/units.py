"""A unit of work: one transaction, with the events that belong to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy.orm import Session

from jupyter_wove.kit.database import Database
from jupyter_wove.kit.events import Event, Listeners
from jupyter_wove.kit.outbox import keep, rehearse

Fence = Callable[[Session], None]
# Asked just before each commit of whatever runs inside: a worker that was replaced while it
# slept must not write, whichever service it calls; a request with a key notes that it has written.
fence: ContextVar[Fence | None] = ContextVar("fence", default=None)


@dataclass
class Unit:
    """One transaction; what it emits is stored or lost together with what it wrote."""

    session: Session
    listeners: Listeners
    has_news: bool = False

    def emit(self, event: Event) -> None:
        """Say what happened: witnesses hear it now, consumers once it is stored."""
        for tell in self.listeners.witnesses_of(event):
            tell(self.session, event)
        keep(self.session, event, self.listeners.consumers_of(event))
        self.has_news = True


class Units:
    """Opens units of work, and wakes the outbox after each that told something."""

    def __init__(self, database: Database, listeners: Listeners, wake: Callable[[], None]) -> None:
        self.database = database
        self.listeners = listeners
        self._wake = wake

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """Look, change nothing."""
        with self.database.read() as session:
            yield Unit(session, self.listeners)

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """Change: all of it is kept, or none."""
        with self.database.write() as session:
            unit = Unit(session, self.listeners)
            yield unit
            if check := fence.get():
                session.flush()
                check(session)
        if unit.has_news:
            self._wake()

    def check_room(self) -> None:
        """Raise StorageFull before work outside of the database that cannot be taken back."""
        with self.database.write() as session:
            rehearse(session)
