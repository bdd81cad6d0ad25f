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


def pytest_terminal_summary(terminalreporter):
    """Print what tests told of their runs, by whichever process ran them."""
    reports = [each for found in terminalreporter.stats.values() for each in found]
    for report in reports:
        if getattr(report, "when", "") == "call":
            for name, value in report.user_properties:
                if name == "told":
                    terminalreporter.write_line(value)
