"""One generation of an index: its transactions, and what PostgreSQL's errors mean to people."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg import errors
from sqlalchemy import Connection, CursorResult
from sqlalchemy.exc import DBAPIError

from jupyter_wove.kit import database
from jupyter_wove.kit.database import Database
from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.search.engines import Damaged, Moved
from jupyter_wove.search.engines.postgresql import schema
from jupyter_wove.search.engines.postgresql.schema import Layout

_GONE = (
    errors.UndefinedTable,
    errors.InvalidSchemaName,
    errors.UndefinedColumn,
    errors.IndexCorrupted,
    errors.DataCorrupted,
)

Values = Mapping[str, Any]


class Speech:
    """A transaction in which HERE stands for the schema of a generation."""

    def __init__(self, connection: Connection, name: str, *, counts: bool = True) -> None:
        self.connection = connection
        self.name = name
        self.counts = counts  # what several projects count together; else all is counted at last

    def ask(self, statement: str, values: Values | None = None) -> list[tuple[Any, ...]]:
        """Execute a statement; return its rows."""
        return list(map(tuple, self._execute(statement, values)))

    def ask_one(self, statement: str, values: Values | None = None) -> Any:
        """Execute a statement; return what stands first in its first row, if there is one."""
        return self._execute(statement, values).scalar()

    def say(self, statement: str, values: Values | None = None) -> None:
        """Execute a statement that has no rows."""
        self._execute(statement, values)

    def attempt(self, statement: str) -> None:
        """Execute a statement that spoils nothing of what was said before, where it fails."""
        with self.connection.begin_nested():
            self.say(statement)

    def say_each(self, statement: str, rows: Sequence[Values]) -> None:
        """Execute a statement with each of these."""
        if rows:
            spoken = statement.replace(schema.HERE, self.name)
            self.connection.exec_driver_sql(spoken, [dict(row) for row in rows])

    def say_all(self, statements: str) -> None:
        """Execute several statements that have no values."""
        spoken = statements.replace(schema.HERE, self.name)
        self.connection.execution_options(no_parameters=True).exec_driver_sql(spoken)

    def _execute(self, statement: str, values: Values | None) -> CursorResult[Any]:
        spoken = statement.replace(schema.HERE, self.name)
        return self.connection.exec_driver_sql(spoken, dict(values or {}))


def count_alone(speech: Speech) -> None:
    """Wait until nobody else is in a transaction that changes common counts."""
    speech.say(schema.COUNT_ALONE, {"name": speech.name})


def take_turns(speech: Speech) -> None:
    """Wait likewise with what several projects share; a fresh generation has one who writes."""
    if speech.counts:
        count_alone(speech)


class Connections:
    """The transactions on one generation."""

    def __init__(self, database: Database, layout: Layout, name: str) -> None:
        self.database = database
        self.name = name
        self._kind = {"kind": layout.kind, "version": layout.version}

    @contextmanager
    def read(self) -> Iterator[Speech]:
        """See the index. Raises Moved where it is not this one any more."""
        with transaction(self.database, self.name) as speech:
            self._demand(speech.ask_one(schema.READ, self._kind))
            yield speech

    @contextmanager
    def write(self) -> Iterator[Speech]:
        """Change the index, all or nothing; it stays the one in use meanwhile. Raises Moved."""
        with transaction(self.database, self.name) as speech:
            speech.say(schema.WRITE, {"name": self.name})
            self._demand(speech.ask_one(schema.CURRENT, self._kind))
            yield speech

    @contextmanager
    def freeze(self) -> Iterator[Speech]:
        """Have everybody who writes wait. Raises Moved."""
        with transaction(self.database, self.name) as speech:
            speech.say(schema.FREEZE, {"name": self.name})
            self._demand(speech.ask_one(schema.CURRENT, self._kind))
            yield speech

    def _demand(self, current: str | None) -> None:
        if current != self.name:
            raise Moved


@contextmanager
def transaction(database: Database, name: str = "") -> Iterator[Speech]:
    """Do all of a block, or nothing."""
    with plain_errors(), database.engine.begin() as connection:
        yield Speech(connection, name)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say what PostgreSQL cannot do in a sentence."""
    try:
        with database.plain_errors():
            yield
    except DBAPIError as error:
        if isinstance(error.orig, errors.InsufficientPrivilege):
            raise Unavailable(
                "The search index cannot be made: the user of the database may make no schemas."
                " Say GRANT CREATE ON DATABASE … TO … there, or set c.Wove.search_engine ="
                ' "embedded".'
            ) from error
        if isinstance(error.orig, _GONE):
            raise Damaged("The search index is damaged. It must be rebuilt.") from error
        raise
