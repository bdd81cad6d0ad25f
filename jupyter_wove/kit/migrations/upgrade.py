"""The change from one schema to another, in one transaction, with a copy made before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from jupyter_wove.kit import migrations
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.database import Database, plain_errors
from jupyter_wove.kit.files import sync_folder
from jupyter_wove.kit.migrations import current, refuse_newer

COPIES = 3
LOCK = 0x574F5645  # "WOVE": the advisory lock of PostgreSQL that migrations take
PATIENCE = 600_000  # milliseconds that a process waits for the one that migrates


def upgrade(database: Database, wanted: str) -> None:
    """Change the schema, unless another process has just done so."""
    guarded = _guarded_sqlite if database.is_sqlite else _guarded_postgresql
    with plain_errors(), guarded(database) as connection:
        found = current(Session(connection))
        refuse_newer(found)
        if found == wanted:
            return
        if database.is_sqlite and found != "base":
            _copy(database, found)
        _change(connection, found, wanted)


def _change(connection: Connection, found: str, wanted: str) -> None:
    config = Config()
    config.set_main_option("script_location", "jupyter_wove:kit/migrations")
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(migrations.VERSIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    down = wanted == "base" or (found != "base" and int(wanted) < int(found))
    (command.downgrade if down else command.upgrade)(config, wanted)


@contextmanager
def _guarded_postgresql(database: Database) -> Iterator[Connection]:
    with database.engine.connect() as connection, connection.begin():
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection


@contextmanager
def _guarded_sqlite(database: Database) -> Iterator[Connection]:
    """Hold the write lock. Foreign keys are off: rebuilding a table would delete its children."""
    with database.engine.connect() as connection:
        connection.detach()  # it is tuned for this alone, so it does not go back to the others
        driver: Any = connection.connection.dbapi_connection
        driver.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        driver.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            yield connection
            _check_foreign_keys(connection)


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise RuntimeError(f"The migration would leave rows without their parents in: {tables}.")


def _copy(database: Database, found: str) -> None:
    """Copy the file beside itself, as others see it now; keep the last copies only."""
    path = Path(str(database.engine.url.database))
    target = path.with_name(f"{path.name}.{now():%Y%m%dT%H%M%S%f}.{found}.copy")
    unfinished = target.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    try:
        with database.engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.execute("VACUUM INTO ?", (str(unfinished),))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)
    for old in sorted(path.parent.glob(f"{path.name}.*.copy"))[:-COPIES]:
        old.unlink()
