"""`jupyter wove domain …`: host names of an app's own."""

from typing import Annotated

import typer

from jupyter_wove.cli.deploying import Name, app_named
from jupyter_wove.cli.session import opened
from jupyter_wove.deploy import Domain, Domains, NewDomain

app = typer.Typer(help="Host names of an app's own.", no_args_is_help=True)
Host = Annotated[str, typer.Argument(help="Such as waves.example.org.")]


@app.command("list")
def list_domains(context: typer.Context, name: Name) -> None:
    """List the host names of an app."""
    with opened(context) as session:
        known = session.ask(Domains.all, app_named(session, name).id)
        session.table(known, _line, "No domain yet. Add one: jupyter wove domain add APP HOST")


@app.command()
def add(context: typer.Context, name: Name, host: Host) -> None:
    """Add a host name to an app, and say which record of your DNS proves it."""
    with opened(context) as session:
        added = session.ask(Domains.add, app_named(session, name).id, NewDomain(host))
        session.show(added, added.instruction or f"{added.host} is proven already.")


@app.command()
def verify(context: typer.Context, name: Name, host: Host) -> None:
    """See whether a host name is proven, and serve the app there if it is."""
    with opened(context) as session:
        proven = session.ask(Domains.verify, app_named(session, name).id, host)
        session.show(proven, f"{proven.host} is proven: the app is served there.")


@app.command()
def remove(context: typer.Context, name: Name, host: Host) -> None:
    """Have a host name lead to an app no longer."""
    with opened(context) as session:
        session.ask(Domains.remove, app_named(session, name).id, host)
        session.show(None, f"{host} does not lead to the app any more.")


def _line(domain: Domain) -> str:
    if domain.verified:
        return f"{domain.host:40} proven"
    return f"{domain.host:40} not proven yet: TXT {domain.record} {domain.token}"
