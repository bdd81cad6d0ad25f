"""`jupyter wove publish`, `unpublish` and `remix`."""

from typing import Annotated

import typer

from jupyter_wove.cli.session import opened
from jupyter_wove.projects import NewRemix, Publication, Publications

Name = Annotated[str, typer.Argument(help="A slug, owner/slug, folder or id.")]


def publish(
    context: typer.Context,
    project: Name,
    version: Annotated[str | None, typer.Option(help="Not the files as they are now.")] = None,
    unlisted: Annotated[bool, typer.Option(help="Only for those who have the address.")] = False,
) -> None:
    """Let others see a project."""
    with opened(context) as session:
        wish = Publication(version, "unlisted" if unlisted else "public")
        project_ = session.ask(Publications.publish, session.project(project).id, wish)
        address = f"/wove/@{project_.owner.handle}/{project_.slug}"
        session.show(project_, f"{project_.title} is {project_.visibility} at {address}.")


def unpublish(context: typer.Context, project: Name) -> None:
    """Make a project private again."""
    with opened(context) as session:
        project_ = session.ask(Publications.unpublish, session.project(project).id)
        session.show(project_, f"{project_.title} is private.")


def remix(context: typer.Context, project: Name, title: str | None = None) -> None:
    """Make a project of your own from what somebody published."""
    with opened(context) as session:
        source = session.project(project)
        made = session.wait(session.ask(Publications.remix, source.id, NewRemix(title)))
        session.show(made, f"Your remix of {source.title} is in {made['folder']}.")
