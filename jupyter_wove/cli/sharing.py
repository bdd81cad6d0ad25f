"""`jupyter wove publish`, `unpublish`, `remix` and `search`."""

from typing import Annotated

import typer

from jupyter_wove.cli.session import fail, opened
from jupyter_wove.projects import NewRemix, Publication, Publications
from jupyter_wove.search import Answer, Hit, Search, Where

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


def search(
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(help='Words, a "phrase", -without, tag:name, uses:name, stars:>5 …')
    ] = "",
    where: Annotated[Where, typer.Option(help="In what to look.")] = "all",
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many to list.")] = 20,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index anew first.")] = False,
) -> None:
    """Find projects, cells, files, prompts and people, or make the search index anew.

    To begin the query with a minus, write two of them before it: `search -- "-tag:x wave"`.
    """
    with opened(context) as session:
        if not query and not rebuild:
            fail("Say what to look for, or --rebuild.")
        made = session.wait(session.wove.index_jobs.rebuild(session.owner.id)) if rebuild else {}
        if not query:
            return session.show(made, f"The new search index has {made['projects']} projects.")
        page = session.ask(Search.find, query, where, limit=limit)
        session.table(page.items, _line, f"Nothing holds {query!r}.{_meant(page)}")


def _meant(answer: Answer) -> str:
    return f" Did you mean {answer.meant.q!r}?" if answer.meant else ""


def _line(hit: Hit) -> str:
    cell = f"{hit.path} [{hit.cell + 1}]" if hit.cell is not None else hit.path or ""
    snippet = "".join(fragment.text for fragment in hit.snippet).replace("\n", " ")
    return f"{_where(hit):30} {cell:30} {snippet}"


def _where(hit: Hit) -> str:
    if hit.project:
        return f"{hit.project.owner.handle}/{hit.project.slug}"
    if hit.prompt:
        return f"{hit.prompt.owner.handle}/{hit.prompt.name}"
    return f"@{hit.person.handle}" if hit.person else ""
