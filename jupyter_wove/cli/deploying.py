"""`jupyter wove deploy`, `logs`, `rollback` and `apps`."""

import time
from collections.abc import Iterator
from typing import Annotated, NoReturn

import typer

from jupyter_wove.cli.session import Session, fail, opened
from jupyter_wove.deploy import (
    AppChange,
    Apps,
    DeployedApp,
    Deployment,
    Deployments,
    LogLine,
    NewApp,
    NewDeployment,
    RollBack,
)
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.projects import Project
from jupyter_wove.runner import Access, Kind, LaunchedRunner

PAUSE = 0.3  # seconds between two looks at a log
Name = Annotated[str, typer.Argument(help="The name of an app in its address, or its id.")]
Follow = Annotated[bool, typer.Option("--follow", help="Print the log while it is written.")]


def deploy(
    context: typer.Context,
    path: Annotated[str, typer.Argument(help="A slug, owner/slug, folder or id.")] = ".",
    kind: Annotated[Kind | None, typer.Option(help="What to make of it.")] = None,
    slug: Annotated[str | None, typer.Option(help="The name of the app in its address.")] = None,
    access: Annotated[Access | None, typer.Option(help="Who may visit it.")] = None,
    target: Annotated[
        str | None, typer.Option(help="Where it is served: local, or as administrators allow.")
    ] = None,
    follow: Follow = False,
) -> None:
    """Bring the files of a project as they are now to where they can be visited."""
    with opened(context) as session:
        project = session.project(path)
        app = _app_of(session, project, slug, access, target)
        plan = session.ask(Deployments.plan, project.id, None, kind).plan if kind else None
        begun = session.ask(Deployments.deploy, app.id, NewDeployment(plan=plan))
        _finish(session, app, begun, follow=follow)


def rollback(
    context: typer.Context,
    app: Name,
    release: Annotated[int | None, typer.Argument(help="Else the one before.")] = None,
    follow: Follow = False,
) -> None:
    """Serve an earlier release of an app again."""
    with opened(context) as session:
        found = app_named(session, app)
        begun = session.ask(Deployments.roll_back, found.id, RollBack(release))
        _finish(session, found, begun, follow=follow)


def logs(
    context: typer.Context,
    app: Name,
    running: Annotated[
        bool, typer.Option("--running", help="What the running app writes instead.")
    ] = False,
) -> None:
    """Print the log of the newest deployment of an app."""
    with opened(context) as session:
        found = app_named(session, app)
        if running:
            lines = session.ask(Apps.output, found.id)
            return session.table(lines, lambda each: each.text, "It has written nothing.")
        newest = session.ask(Deployments.of_app, found.id, limit=1).items
        if not newest:
            fail(f"{found.title} was never deployed. Deploy it: jupyter wove deploy")
        told = _lines(session, newest[0])
        session.table(told, lambda each: each.text, "It has written nothing.")


def apps(context: typer.Context) -> None:
    """List the apps of your projects."""
    with opened(context) as session:
        found = session.ask(Apps.mine, limit=100).items
        session.table(found, _line, "No app yet. Make one: jupyter wove deploy PATH")


def _app_of(
    session: Session,
    project: Project,
    slug: str | None,
    access: Access | None,
    target: str | None,
) -> DeployedApp:
    """Find the app of a project, the one with a slug if one is named, or make it."""
    known = [each for each in session.ask(Apps.of_project, project.id) if not each.parent_id]
    named = [each for each in known if slug in {None, each.slug}]
    if named:
        return _changed(session, named[0], access or named[0].access, target or named[0].target)
    wish = NewApp(slug=slug, access=access or "private", target=target or "local")
    return session.ask(Apps.create, project.id, wish)


def _changed(session: Session, app: DeployedApp, access: Access, target: str) -> DeployedApp:
    """Open an app to those who are named, and have it served at a place, where that is new."""
    if (access, target) == (app.access, app.target):
        return app
    return session.ask(Apps.change, app.id, AppChange(access=access, target=target))


def app_named(session: Session, name: str) -> DeployedApp:
    """Find an app of the person by its name in its address, or its id. Raises NotFound."""
    for app in session.ask(Apps.mine, limit=100).items:
        if name in {app.slug, str(app.id)}:
            return app
    raise NotFound(f"You have no app {name}. List yours: jupyter wove apps")


def _finish(session: Session, app: DeployedApp, begun: Deployment, *, follow: bool) -> None:
    """Wait until a deployment has ended, and say how; end with 1 where it failed."""
    if follow and not session.as_json:
        for line in _followed(session, begun):
            print(line)
    job = session.wove.jobs
    with session.wove.units.read() as unit:
        running = job.get(unit, begun.job_id)
    if running:
        session.wait(running)
    ended = session.ask(Deployments.get, begun.id)
    if ended.state != "live":
        _explain(session, ended)
    url = session.ask(Apps.get, app.id).url
    session.show(
        ended, f"{app.title} is live at {url} (release {ended.release}).{_while(session)}"
    )


def _while(session: Session) -> str:
    """Say for how long it is served, where this command started the runner."""
    socket = session.wove.runner_socket
    if isinstance(socket, LaunchedRunner) and socket.is_ours:
        return "\nIt is served while a Jupyter server runs. Start one: jupyter lab"
    return ""


def _lines(session: Session, deployment: Deployment, after: int = 0) -> list[LogLine]:
    return session.ask(Deployments.lines, deployment.id, after)


def _followed(session: Session, deployment: Deployment) -> Iterator[str]:
    after = 0
    while True:
        ended = session.ask(Deployments.get, deployment.id).ended
        for line in _lines(session, deployment, after):
            after = line.n
            yield line.text
        if ended:
            return
        time.sleep(PAUSE)


def _explain(session: Session, ended: Deployment) -> NoReturn:
    where = f" ({ended.path}, cell {ended.cell})" if ended.cell else ""
    refused = f"\nIt was refused: {', '.join(ended.refused)}" if ended.refused else ""
    trace = f"\n{ended.traceback}" if ended.traceback else ""
    said = f"{ended.reason or 'It was cancelled.'}{where}\n{ended.hint}{refused}{trace}"
    fail(said.strip())


def _line(app: DeployedApp) -> str:
    release = f"release {app.release}" if app.release else "-"
    return f"{app.slug:30} {app.state:8} {app.access:9} {release:12} {app.url}"
