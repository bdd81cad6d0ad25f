"""`jupyter wove version`: save, list, compare, restore."""

from typing import Annotated, Literal

import typer

from jupyter_wove.cli.session import opened
from jupyter_wove.projects import NewVersion, Restoration, Version, Versions

app = typer.Typer(help="Save, list, compare and restore versions.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A slug, owner/slug, folder or id.")]


@app.command("list")
def list_(
    context: typer.Context,
    project: Name,
    automatic: Annotated[bool, typer.Option(help="Also those taken on each save.")] = False,
) -> None:
    """List the versions of a project, newest first."""
    with opened(context) as session:
        found = session.project(project)
        kind: Literal["all", "named"] = "all" if automatic else "named"
        page = session.ask(Versions.history, found.id, kind, limit=100)
        session.table(page.items, _line, "No version yet. Save one: jupyter wove version save")


@app.command()
def save(
    context: typer.Context,
    project: Name,
    message: Annotated[str, typer.Option("-m", "--message", help="What changed.")],
    name: Annotated[str | None, typer.Option(help="A name, where it deserves one.")] = None,
) -> None:
    """Save the files as they are now as a version."""
    with opened(context) as session:
        found = session.project(project)
        version = session.ask(Versions.save, found.id, NewVersion(message, name))
        session.show(version, _line(version))


@app.command()
def changes(context: typer.Context, project: Name, base: str, head: str = "working") -> None:
    """List the files that differ between two versions, or a version and the files now."""
    with opened(context) as session:
        found = session.ask(Versions.changes, session.project(project).id, base, head)
        session.table(found, lambda each: f"{each.status:8} {each.path}", "Nothing differs.")


@app.command()
def restore(
    context: typer.Context,
    project: Name,
    version: str,
    path: Annotated[str | None, typer.Option(help="Only this file.")] = None,
) -> None:
    """Bring a version back, as a new version; nothing is lost."""
    with opened(context) as session:
        found = session.project(project)
        restored = session.ask(Versions.restore, found.id, Restoration(version, path))
        session.show(restored, _line(restored))


def _line(version: Version) -> str:
    author = version.author.name if version.author else ""
    return f"{_reference(version):12}  {version.at:%Y-%m-%d %H:%M}  {author:16} {version.message}"


def _reference(version: Version) -> str:
    """Name a version as the other commands take it."""
    return version.name or (f"wove/{version.number}" if version.number else version.id)
