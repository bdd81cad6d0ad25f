"""`jupyter wove doctor`: what is well and what to change, in sentences."""

import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
import typer
from jupyter_core.paths import jupyter_path

from jupyter_wove.cli import indices, kept, together
from jupyter_wove.cli.attacking import attack
from jupyter_wove.cli.findings import NETWORK_FILE_SYSTEMS, Finding, file_system
from jupyter_wove.cli.session import Session, opened

GIBIBYTE = 1 << 30
MOST_WAITING = 1000
FIXED_SQLITE = (3, 51, 3)
LAB = "labextensions/@jupyter-wove/labextension/package.json"


def doctor(
    context: typer.Context,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Attack a sandbox, as untrusted code would.")
    ] = False,
) -> None:
    """Check this installation, or its sandbox, and say what to change."""
    with opened(context) as session:
        if sandbox:
            return attack(session)
        findings = [*_look(session)]
        if session.as_json:
            print(json.dumps(msgspec.to_builtins(findings)))
        for finding in [] if session.as_json else findings:
            print(f"{'ok ' if finding.well else '-> '} {finding.what}")
            if not finding.well:
                print(f"     {finding.advice}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


def _look(session: Session) -> Iterator[Finding]:
    wove = session.wove
    yield Finding(f"Jupyter Wove {version('jupyter-wove')}", True, "")
    yield Finding(
        f"Python {sys.version.split()[0]}",
        # By what it does, for distributions mend it without another number (CVE-2023-24329).
        urlsplit("\x01 https://x").scheme == "https",
        "Update Python: this one misreads addresses, so that a forbidden one may pass.",
    )
    yield Finding(
        "The lab extension is installed",
        any((Path(folder) / LAB).is_file() for folder in jupyter_path()),
        "Install Wove anew: pip install --force-reinstall jupyter-wove",
    )
    yield Finding(f"The database answers ({wove.database.engine.dialect.name})", True, "")
    if wove.database.is_sqlite:
        yield from _sqlite(wove.blobs.folder)
    yield _room(wove.blobs.folder)
    yield Finding(f"Projects lie below {wove.workspaces.root}", True, "")
    yield from together.look(wove.workspaces.root)
    yield Finding(
        "git is installed (to clone, push and tidy up)",
        shutil.which("git") is not None,
        "Install git. Versions work without it.",
    )
    yield from kept.look(wove)
    yield from indices.look(wove)
    waiting = sum(wove.outbox.backlog().values())
    waits = f"{waiting} events wait to be delivered"
    yield Finding(waits, waiting < MOST_WAITING, "Restart Jupyter, then look at its log.")


def _sqlite(data: Path) -> Iterator[Finding]:
    system = file_system(data)
    yield Finding(
        f"The data folder is on a local disk ({system})",
        system not in NETWORK_FILE_SYSTEMS,
        "SQLite loses data on network file systems. Set c.Wove.data_dir to a local folder.",
    )
    yield Finding(f"SQLite {sqlite3.sqlite_version}{_risk(sqlite3.sqlite_version_info)}", True, "")


def _risk(version: tuple[int, ...]) -> str:
    """Tell of the WAL-reset bug: too rare to call it unwell, too bad to keep silent about."""
    if version >= FIXED_SQLITE:
        return ""
    return (
        ": before 3.51.3 it can damage a database in a rare race of two writers."
        " Keep backups, or use PostgreSQL"
    )


def _room(data: Path) -> Finding:
    free = shutil.disk_usage(data).free
    return Finding(
        f"{free / GIBIBYTE:.1f} GiB are free on the disk", free > GIBIBYTE, "Free some space."
    )
