"""`jupyter wove check`: whether the notebooks of a project still run."""

from typing import Annotated

import typer

from jupyter_wove.cli.session import Session, fail, opened
from jupyter_wove.deploy import Checking, NewCheck
from jupyter_wove.projects import Checks, ProjectCheck


def check(
    context: typer.Context,
    path: Annotated[str, typer.Argument(help="A slug, owner/slug, folder or id.")] = ".",
    version: Annotated[
        str | None, typer.Option(help="Else the published one, or the work as it is now.")
    ] = None,
) -> None:
    """Run each notebook of a project once, in a sandbox, and say what failed."""
    with opened(context) as session:
        project = session.project(path)
        begun = session.ask(Checking.begin, project.id, NewCheck(version))
        with session.wove.units.read() as unit:
            job = session.wove.jobs.get(unit, begun.job_id)
        if job:
            session.wait(job)
        _tell(session, _ended(session, begun))


def _ended(session: Session, begun: ProjectCheck) -> ProjectCheck:
    known = session.ask(Checks.of_project, begun.project_id)
    return next((each for each in known if each.id == begun.id), begun)


def _tell(session: Session, found: ProjectCheck) -> None:
    """Say what was found; end with 1 where it does not run."""
    lines = [f"{each.outcome:8} {each.path}  {each.reason}".rstrip() for each in found.books]
    lines += [found.reason] if found.reason else []
    told = "\n".join([*lines, f"Version {found.version[:8]}: {found.state}"])
    if found.state != "clean" and not session.as_json:
        fail(told)
    session.show(found, told)
