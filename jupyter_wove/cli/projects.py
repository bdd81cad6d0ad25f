"""`jupyter wove project`: create, import, list, delete."""

from pathlib import Path
from typing import Annotated

import typer

from jupyter_wove.cli.session import opened
from jupyter_wove.projects import FolderToAdopt, Imports, NewProject, Project, Projects

app = typer.Typer(help="Create, import, list and delete projects.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A slug, owner/slug, folder or id.")]


@app.command("list")
def list_(
    context: typer.Context,
    deleted: Annotated[bool, typer.Option(help="List what lies in the bin.")] = False,
) -> None:
    """List your projects, last changed first."""
    with opened(context) as session:
        page = session.ask(Projects.mine, deleted=deleted, limit=100)
        empty = "No project yet. Start one: jupyter wove project create TITLE"
        session.table(page.items, _line, "The bin is empty." if deleted else empty)


@app.command()
def templates(context: typer.Context) -> None:
    """List what a project can start from."""
    with opened(context) as session:
        found = session.ask(Projects.templates)
        session.table(found, lambda each: f"{each.name:14} {each.description}", "")


@app.command()
def create(
    context: typer.Context,
    title: str,
    template: Annotated[str, typer.Option(help="What to start from.")] = "empty",
    description: str = "",
) -> None:
    """Start a project from a template."""
    with opened(context) as session:
        project = session.ask(Projects.create, NewProject(title, template, description))
        session.show(project, f"{project.title} is in {project.folder}.")


@app.command()
def adopt(context: typer.Context, path: str, title: str | None = None) -> None:
    """Make a project of a folder below the root where it lies, or of a copy of a notebook."""
    with opened(context) as session:
        made = session.wait(session.ask(Imports.adopt, FolderToAdopt(path, title)))
        session.show(made, f"{made['folder']} is a project now.")


@app.command("import")
def import_(context: typer.Context, path: Path, title: str | None = None) -> None:
    """Make a project of a copy of any folder, or of a zip or tar archive."""
    with opened(context) as session:
        made = session.wait(session.ask(Imports.copy, path, title))
        session.show(made, f"{path} was copied to {made['folder']}, which is a project now.")


@app.command()
def show(context: typer.Context, project: Name) -> None:
    """Show a project."""
    with opened(context) as session:
        found = session.project(project)
        session.show(found, f"{_line(found)}\n{found.description}".rstrip())


@app.command()
def delete(context: typer.Context, project: Name) -> None:
    """Put a project into the bin, from where it can be brought back for 30 days."""
    with opened(context) as session:
        found = session.project(project)
        session.ask(Projects.delete, found.id)
        undo = f"jupyter wove project undelete {found.id}"
        session.show(found, f"{found.title} lies in the bin. To bring it back: {undo}")


@app.command()
def undelete(context: typer.Context, project: Name) -> None:
    """Bring a project back out of the bin."""
    with opened(context) as session:
        back = session.ask(Projects.undelete, session.project(project).id)
        session.show(back, f"{back.title} is back in {back.folder}.")


def _line(project: Project) -> str:
    where = project.folder or "outside of this root"
    return f"{project.owner.handle}/{project.slug:30} {project.visibility:9} {where}"
