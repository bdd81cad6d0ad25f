"""The connection by which a generation is filled that nobody else knows yet."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines.postgresql.connections import Connections, Speech, plain_errors
from jupyter_wove.search.engines.postgresql.schema import Layout

MANY = 1_000  # changes in a transaction; an endless one would keep all tables from being tidied


class Filling(Connections):
    """One connection with few transactions; where one fails, the generation is dropped.

    To end one after each change waits for the disk. What projects count together is counted once
    all are in: a row that is changed a thousand times in a transaction gets slow to find.
    """

    def __init__(self, database: Database, layout: Layout, name: str) -> None:
        super().__init__(database, layout, name)
        self._finish = layout.finish
        self._connection: Connection | None = None
        self._changes = 0
        self._is_finished = False

    @contextmanager
    def read(self) -> Iterator[Speech]:
        """See what was written until now."""
        with plain_errors():
            yield self._speech()

    @contextmanager
    def write(self) -> Iterator[Speech]:
        """Write; nobody else does."""
        with plain_errors():
            yield self._speech()
            self._changes += 1
            if self._changes % MANY == 0:
                self._commit()

    def finish(self) -> None:
        """Make what is made faster once all is in, and bring all to the disk."""
        with plain_errors():
            if not self._is_finished:
                self._speech().say_all(self._finish)
            self._commit()
        self._is_finished = True

    def close(self) -> None:
        """Let go of the connection; what was not brought to the disk is lost."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _speech(self) -> Speech:
        if self._connection is None:
            self._connection = self.database.engine.connect()
        return Speech(self._connection, self.name, counts=self._is_finished)

    def _commit(self) -> None:
        if self._connection:
            self._connection.commit()
