"""`jupyter wove ai keys`: the keys of providers, for administrators."""

import sys
from typing import TYPE_CHECKING

import typer

from jupyter_wove.ai import kept_keys
from jupyter_wove.cli.session import Session, opened

if TYPE_CHECKING:
    from jupyter_wove.ai import KeptKeys

app = typer.Typer(help="Keep the keys of providers, sealed.", no_args_is_help=True)


@app.command("list")
def list_(context: typer.Context) -> None:
    """List the keys that are kept, without their secrets."""
    with opened(context) as session:
        session.table(
            _keys(session).all(),
            lambda key: (
                f"{key.name}  {key.at:%Y-%m-%d}{'' if key.opens else '  cannot be opened'}"
            ),
            "No key yet. Keep one: jupyter wove ai keys add NAME",
        )


@app.command()
def add(context: typer.Context, name: str) -> None:
    """Keep a key, which is read from the standard input; deployments name it kept:NAME."""
    secret = _read()
    with opened(context) as session:
        _keys(session).add(name, secret)
        session.show({"kept": name}, f'Kept. Deployments name it "key": "kept:{name}".')


@app.command()
def remove(context: typer.Context, name: str) -> None:
    """Forget a key; nobody is asked with it after a minute."""
    with opened(context) as session:
        _keys(session).remove(name)
        session.show({"removed": name}, f"{name} is forgotten.")


@app.command()
def rotate(context: typer.Context) -> None:
    """Seal all keys with a new key of the server.

    Where that is given by WOVE_SERVER_KEY, put a new one before the old one first.
    """
    with opened(context) as session:
        count = _keys(session).rotate()
        session.show({"sealed": count}, f"Sealed anew: {count}.")


def _keys(session: Session) -> "KeptKeys":
    return kept_keys(session.wove.units, session.wove.sealing)


def _read() -> str:
    """Read a key: from a terminal without showing it, or from a pipe."""
    if sys.stdin.isatty():
        return str(typer.prompt("The key", hide_input=True)).strip()
    return sys.stdin.read().strip()
