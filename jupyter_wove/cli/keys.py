"""`jupyter wove key`: API keys, for programs that act for you."""

from typing import Annotated

import typer

from jupyter_wove.accounts import SCOPES, Accounts, NewKey
from jupyter_wove.cli.session import opened

app = typer.Typer(help="Make, list and revoke API keys.", no_args_is_help=True)


@app.command("list")
def list_(context: typer.Context) -> None:
    """List your valid keys."""
    with opened(context) as session:
        session.table(
            session.ask(Accounts.keys),
            lambda key: (
                f"{key.id}  until {key.expires:%Y-%m-%d}  {key.name}: {', '.join(key.scopes)}"
            ),
            "No key yet. Make one: jupyter wove key create NAME --scope projects:read",
        )


@app.command()
def create(
    context: typer.Context,
    name: str,
    scope: Annotated[list[str], typer.Option(help="What it allows: " + ", ".join(SCOPES))],
    days: Annotated[int, typer.Option(min=1, max=365, help="How long it is valid.")] = 90,
) -> None:
    """Make a key. Its secret is printed this once."""
    with opened(context) as session:
        made = session.ask(Accounts.create_key, NewKey(name, scope, days))
        session.show(made, f"{made.secret}\nKeep it now: it is not shown again.")


@app.command()
def revoke(context: typer.Context, key: str) -> None:
    """Take a key back; it is refused from now on."""
    with opened(context) as session:
        session.ask(Accounts.revoke_key, key)
        session.show({"revoked": key}, f"{key} is revoked.")
