"""The schema of the database, brought up to date: by one process, safely, and fast when it is."""

import logging
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from jupyter_wove.kit.database import Database
from jupyter_wove.kit.errors import Conflict

log = logging.getLogger(__name__)
VERSIONS = Path(__file__).parent / "versions"


class SchemaTooNew(Conflict):
    """The database was written by a newer version of Wove."""

    title = "The database is from a newer version"


def migrate(database: Database, revision: str | None = None) -> None:
    """Bring the database to the newest schema, or to `revision` ("base" for none), up or down.

    Any number of processes may do so at once. Raises SchemaTooNew, StorageFull, Unavailable.
    """
    wanted = revision or head()
    if _is_at(database, wanted):
        return
    # Alembic takes half a second to import, and nearly every start ends above.
    from jupyter_wove.kit.migrations.upgrade import upgrade  # noqa: PLC0415

    upgrade(database, wanted)


def head() -> str:
    """Name the newest revision: the number that its file begins with."""
    return max(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py"))


def current(session: Session) -> str:
    """Name the revision a database is at; "base" if it has none."""
    if not inspect(session.connection()).has_table("alembic_version"):
        return "base"
    return session.scalar(text("SELECT version_num FROM alembic_version")) or "base"


def _is_at(database: Database, wanted: str) -> bool:
    with database.read() as session:
        found = current(session)
    refuse_newer(found)
    return found == wanted


def refuse_newer(found: str) -> None:
    """Raise SchemaTooNew if this version of Wove does not know the revision."""
    if found != "base" and not list(VERSIONS.glob(f"{found}_*.py")):
        raise SchemaTooNew(
            f"The database has schema {found}; this version of Wove knows schemas up to {head()}. "
            "Install the newer version of Wove again, or restore the copy made before the upgrade."
        )
