"""The databases and the Wove of the unit tests, for what needs no server."""

from tests.unit.conftest import (
    ann,
    bob,
    database_url,
    dialect,
    postgresql_server,
    sqlite_template,
    wove,
)

__all__ = ["ann", "bob", "database_url", "dialect", "postgresql_server", "sqlite_template", "wove"]
