"""Rows of apps and deployments, turned into what the person who asks may see of them."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from jupyter_wove.accounts import AccountStore, Actor, PersonRef, PersonRow, Role
from jupyter_wove.deploy.models import (
    DeployedApp,
    DeployedRelease,
    Deployment,
    LogLine,
    ReleaseState,
    ServedState,
)
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.tables import AppRow, DeploymentLineRow, DeploymentRow, ReleaseRow
from jupyter_wove.projects import ProjectStore, ProjectViews
from jupyter_wove.runner import Plan


class AppViews:
    """What one person sees of apps; a fixed number of queries for any number of rows.

    How they do on the runner is not in any row; see `Hosting.states`.
    """

    def __init__(self, session: Session, actor: Actor) -> None:
        self.session = session
        self.actor = actor
        self.store = AppStore(session)
        self.accounts = AccountStore(session)

    def one(self, row: AppRow) -> DeployedApp:
        """Show one app."""
        return self.all([row])[0]

    def all(self, rows: Sequence[AppRow]) -> list[DeployedApp]:
        """Show several apps, in the order given."""
        projects = [row.project_id for row in rows]
        roles = ProjectStore(self.session).roles(self.actor.id, projects)
        refs = ProjectViews(self.session, self.actor).refs(projects)
        people = self.accounts.people(row.created_by for row in rows if row.created_by)
        releases = self.store.releases_by_id(row.release_id for row in rows)
        works = [row for row in rows if row.project_id in roles]
        newest = self.deployments(list(self.store.newest(row.id for row in works).values()))
        latest = {each.app_id: each for each in newest}
        return [
            _app(
                row,
                refs.get(row.project_id),
                Role[roles.get(row.project_id, "none").upper()],
                _person(people, row.created_by),
                releases.get(row.release_id) if row.release_id else None,
                latest.get(row.id),
            )
            for row in rows
        ]

    def deployments(self, rows: Sequence[DeploymentRow]) -> list[Deployment]:
        """Show several deployments, in the order given."""
        people = self.accounts.people(row.created_by for row in rows if row.created_by)
        releases = self.store.releases_by_id(row.release_id for row in rows)
        return [
            _deployment(
                row,
                _person(people, row.created_by),
                releases[row.release_id].number if row.release_id in releases else None,
            )
            for row in rows
        ]

    def releases(self, app: AppRow) -> list[DeployedRelease]:
        """Show what was built of an app, the newest first."""
        return [_release(row, app) for row in self.store.releases(app.id)]


def shown_line(row: DeploymentLineRow) -> LogLine:
    """Show a line of a log."""
    return LogLine(row.n, row.at, row.stream, row.text)


def plan_of(kept: dict[str, object]) -> Plan:
    """Read a plan that was kept."""
    return msgspec.convert(kept, Plan)


def _person(people: dict[UUID, PersonRow], id_: UUID | None) -> PersonRef | None:
    row = people.get(id_) if id_ else None
    return PersonRef(row.handle, row.name) if row else None


def _app(
    row: AppRow,
    project: object,
    role: Role,
    by: PersonRef | None,
    release: ReleaseRow | None,
    deployment: Deployment | None,
) -> DeployedApp:
    state: ServedState = "stopped" if row.stopped else "away" if row.release_id else "new"
    return DeployedApp(
        id=row.id,
        project=project,  # type: ignore[arg-type]
        parent_id=row.parent_id,
        branch=row.branch,
        slug=row.slug,
        title=row.title,
        access=row.access,  # type: ignore[arg-type]  # a check of the column
        target=row.target,
        kind=row.kind,
        plan=plan_of(row.plan) if row.plan and role >= Role.VIEWER else None,
        idle=row.idle,
        url=row.url,
        enter=f"/wove/apps/{row.id}/enter",
        state=state,
        problem="",
        sessions=0,
        memory=0,
        release=release.number if release else None,
        version=release.version if release and role >= Role.VIEWER else None,
        deployment=deployment,
        may_deploy=role >= Role.EDITOR,
        may_manage=role >= Role.OWNER,
        created=row.created,
        by=by,
        deployed=row.deployed,
        deleted=row.deleted,
    )


def _deployment(row: DeploymentRow, by: PersonRef | None, release: int | None) -> Deployment:
    return Deployment(
        id=row.id,
        app_id=row.app_id,
        number=row.number,
        version=row.version,
        plan=plan_of(row.plan),
        state=row.state,  # type: ignore[arg-type]  # a check of the column
        job_id=row.job_id,
        reason=row.reason,
        hint=row.hint,
        path=row.path,
        cell=row.cell,
        traceback=row.traceback,
        refused=list(row.refused),
        release=release,
        rolls_back=row.rolls_back,
        created=row.created,
        by=by,
        ended=row.ended,
    )


def _release(row: ReleaseRow, app: AppRow) -> DeployedRelease:
    return DeployedRelease(
        id=row.id,
        number=row.number,
        version=row.version,
        plan=plan_of(row.plan),
        size=row.size,
        lock=row.lock,
        state=_state(row, app),
        created=row.created,
    )


def _state(row: ReleaseRow, app: AppRow) -> ReleaseState:
    if row.state == "good":
        return "live" if row.id == app.release_id else "kept"
    return row.state  # type: ignore[return-value]  # a check of the column
