"""`jupyter wove doctor --sandbox`: real attacks on a real sandbox, and what came of them."""

import json

import msgspec
import typer

from jupyter_wove.cli.session import Session
from jupyter_wove.runner import Row

MARKS = {"pass": "ok ", "warn": "?? ", "fail": "-> "}


def attack(session: Session) -> None:
    """Print each attack as it ends; end with 1 where one came through."""
    rows: list[Row] = []
    for row in session.wove.hosting.runner.listen("/v1/doctor", None, Row):
        if row is not None:
            rows.append(row)
            _show(session, row)
    if session.as_json:
        print(json.dumps(msgspec.to_builtins(rows)))
    if any(row.result == "fail" for row in rows):
        raise typer.Exit(1)


def _show(session: Session, row: Row) -> None:
    if session.as_json:
        return
    print(f"{MARKS[row.result]} {row.name}: {row.found}")
    if row.advice:
        print(f"     {row.advice}")
