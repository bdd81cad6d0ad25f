"""`jupyter wove search`."""

from typing import Annotated, Any, Literal

import typer
from msgspec.structs import replace

from jupyter_wove.cli.session import Session, fail, opened
from jupyter_wove.search import (
    Answer,
    CodeSearch,
    EngineName,
    FileHit,
    Hit,
    Search,
)

REBUILD = "rebuild"  # who looks for the word itself puts it in quotes
Place = Literal["all", "projects", "cells", "files", "code", "prompts", "people"]


def search(
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(help='Words, a "phrase", -without, tag:name, uses:name, stars:>5 …')
    ] = "",
    where: Annotated[Place, typer.Option(help="In what to look.")] = "all",
    regex: Annotated[
        bool, typer.Option("--regex", help="In code: the query is one pattern of RE2.")
    ] = False,
    case: Annotated[bool, typer.Option("--case", help="In code: capitals count.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many to list.")] = 20,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index anew first.")] = False,
    to: Annotated[EngineName | None, typer.Option(help="Make it anew in this engine.")] = None,
) -> None:
    """Find projects, cells, files, lines of code, prompts and people; `search rebuild` makes anew.

    To begin the query with a minus, write two of them before it: `search -- "-tag:x wave"`.
    """
    if query == REBUILD:
        query, rebuild = "", True
    if (regex or case) and where != "code":
        fail("Say --regex and --case with --where code.")
    if to and (query or not rebuild):
        fail(f"Say --to with nothing else than: jupyter wove search {REBUILD}")
    with opened(context) as session:
        if not query and not rebuild:
            fail(f"Say what to look for, or {REBUILD}.")
        made = _rebuilt(session, to) if rebuild else {}
        if not query:
            return session.show(made, _said(session, made, to))
        if where == "code":
            return _print_code(session, query, regex=regex, case=case, limit=limit)
        page = session.ask(Search.find, query, where, limit=limit)
        session.table(page.items, _line, f"Nothing holds {query!r}.{_meant(page)}")


def _print_code(session: Session, query: str, **how: Any) -> None:
    """Print lines as grep does; the first page need not be full, and those that follow are."""
    page = session.ask(CodeSearch.find, query, **how)
    if page.next and len(page.items) < how["limit"]:
        how["limit"] -= len(page.items)
        following = session.ask(CodeSearch.find, query, after=page.next, **how)
        page = replace(following, items=page.items + following.items)
    suggested = " or ".join(map(repr, page.suggestions))
    hint = f" Did you mean {suggested}?" if suggested else ""
    session.table(page.items, _lines, f"No line has {query!r}.{hint}")


def _lines(hit: FileHit) -> str:
    """Write what was found in a file, a line each."""
    name = f"{hit.project.owner.handle}/{hit.project.slug}/{hit.path}"
    return "\n".join(
        f"{name}{_cell(snippet.cell)}:{number}: {''.join(each.text for each in line)}"
        for snippet in hit.snippets
        for number, line in enumerate(snippet.lines, snippet.line)
        if any(each.hit for each in line)
    )


def _cell(cell: int | None) -> str:
    return "" if cell is None else f" [{cell + 1}]"


def _meant(answer: Answer) -> str:
    return f" Did you mean {answer.meant.q!r}?" if answer.meant else ""


def _rebuilt(session: Session, to: EngineName | None) -> dict[str, Any]:
    return session.wait(session.wove.index_jobs.rebuild(session.owner.id, to))


def _said(session: Session, made: dict[str, Any], to: EngineName | None) -> str:
    done = f"The new search index has {made['projects']} projects."
    if to in {None, session.wove.engines.name}:
        return done
    return f'{done} To use it, set c.Wove.search_engine = "{to}" and restart.'


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
