"""The commands, in one place."""

from typing import Annotated

import typer

from jupyter_wove.cli import (
    checking,
    deploying,
    doctor,
    domains,
    experiments,
    keys,
    models,
    projects,
    prompts,
    searching,
    sharing,
    versions,
)
from jupyter_wove.contract import openapi_text

app = typer.Typer(
    name="jupyter wove",
    help="Projects of notebooks: versions, publishing, remixing and search.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(projects.app, name="project")
app.add_typer(versions.app, name="version")
app.add_typer(prompts.app, name="prompt")
prompts.app.add_typer(experiments.app, name="experiment")
app.add_typer(domains.app, name="domain")
app.add_typer(keys.app, name="key")
app.add_typer(models.app, name="ai")
app.command()(sharing.publish)
app.command()(sharing.unpublish)
app.command()(sharing.remix)
app.command()(searching.search)
app.command()(deploying.deploy)
app.command()(deploying.logs)
app.command()(deploying.rollback)
app.command()(deploying.apps)
app.command()(checking.check)
app.command()(doctor.doctor)


@app.callback()
def options(
    root: Annotated[
        str, typer.Option(help="The folder that JupyterLab is started in; projects lie below it.")
    ] = ".",
    json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Say where the projects are and how to print."""


@app.command()
def openapi() -> None:
    """Print the description of the HTTP API (OpenAPI 3.1)."""
    print(openapi_text(), end="")


def main() -> None:
    """Run `jupyter wove`."""
    app()
