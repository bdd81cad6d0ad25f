"""Every query on apps, releases and deployments."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from jupyter_wove.accounts import Action, Actor, Role
from jupyter_wove.deploy.models import UNFINISHED
from jupyter_wove.deploy.policy import may_visit
from jupyter_wove.deploy.tables import (
    AppRow,
    AppVariableRow,
    DeploymentLineRow,
    DeploymentRow,
    DomainRow,
    ReleaseRow,
)
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.projects import ProjectRow, ProjectStore

MISSING = "There is no such app, or it is not shared with you."


class AppStore:
    """Apps in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.projects = ProjectStore(session)

    # ------------------------------------------------------------------ apps

    def allowed(self, actor: Actor, app_id: UUID, action: Action) -> AppRow:
        """Find an app with which the actor may do this; those who may not see it find none."""
        row = self.seen(actor, app_id)
        self.projects.allowed(actor, row.project_id, action)
        return row

    def seen(self, actor: Actor, app_id: UUID) -> AppRow:
        """Find an app that the actor may see. Raises NotFound."""
        row = self.session.get(AppRow, app_id)
        if row is None or row.deleted or not self.sees(actor, row):
            raise NotFound(MISSING)
        return row

    def binned(self, actor: Actor, app_id: UUID) -> AppRow:
        """Find an app that an owner of its project put into the bin. Raises NotFound, Conflict."""
        row = self.session.get(AppRow, app_id)
        if row is None or not self.sees(actor, row):
            raise NotFound(MISSING)
        self.projects.allowed(actor, row.project_id, Action.SERVE)
        if row.deleted is None:
            raise Conflict("The app does not lie in the bin.")
        return row

    def sees(self, actor: Actor, row: AppRow) -> bool:
        """Tell whether the actor may know of an app, whose project must not lie in the bin."""
        project = self.session.get(ProjectRow, row.project_id)
        if project is None or project.deleted:
            return False
        role = self.role(actor, row)
        return role >= Role.EDITOR or may_visit(row.access, role, signed_in=True)

    def lists(self, actor: Actor, row: AppRow) -> bool:
        """Tell whether the actor comes across an app: an unlisted one needs its address."""
        role = self.role(actor, row)
        open_ = row.access in {"public", "hub"} or role > Role.NONE
        return open_ and self.sees(actor, row)

    def role(self, actor: Actor, row: AppRow) -> Role:
        """Tell what somebody is in the project of an app."""
        return self.projects.role(actor.id, row.project_id)

    def get(self, app_id: UUID) -> AppRow:
        """Find an app, whoever asks. Raises NotFound."""
        row = self.session.get(AppRow, app_id)
        if row is None:
            raise NotFound(MISSING)
        return row

    def of_project(self, project_id: UUID, *, deleted: bool = False) -> list[AppRow]:
        """List the apps of a project, previews among them, the oldest first."""
        found = select(AppRow).where(AppRow.project_id == project_id, _is_binned(deleted))
        return list(self.session.scalars(found.order_by(AppRow.id)))

    def previews(self, app_ids: Iterable[UUID]) -> list[AppRow]:
        """List the previews of apps."""
        ids = set(app_ids)
        found = select(AppRow).where(AppRow.parent_id.in_(ids), _is_binned(False))
        return list(self.session.scalars(found.order_by(AppRow.id)))

    def preview(self, parent_id: UUID, branch: str) -> AppRow | None:
        """Find the preview of a branch."""
        found = select(AppRow).where(AppRow.parent_id == parent_id, AppRow.branch == branch)
        return self.session.scalar(found.where(_is_binned(False)))

    def with_slug(self, slug: str) -> AppRow | None:
        """Find the app at an address."""
        found = select(AppRow).where(AppRow.slug == slug, _is_binned(False))
        return self.session.scalar(found)

    def slugs_like(self, slug: str) -> set[str]:
        """List the slugs that begin so."""
        begins = AppRow.slug.startswith(slug, autoescape=True)
        return set(self.session.scalars(select(AppRow.slug).where(begins, _is_binned(False))))

    def served(self) -> list[AppRow]:
        """List the apps that have a release to serve, with those that were stopped."""
        alive = ProjectRow.deleted.is_(None), _is_binned(False)
        found = select(AppRow).join(ProjectRow, ProjectRow.id == AppRow.project_id)
        return list(self.session.scalars(found.where(AppRow.release_id.is_not(None), *alive)))

    def known(self, app_ids: Iterable[UUID]) -> set[UUID]:
        """Tell which of several apps there are, in the bin or not."""
        found = select(AppRow.id).where(AppRow.id.in_(set(app_ids)))
        return set(self.session.scalars(found))

    # ------------------------------------------------------------------ releases

    def release(self, release_id: UUID) -> ReleaseRow:
        """Find a release."""
        return self.session.get_one(ReleaseRow, release_id)

    def releases(self, app_id: UUID) -> list[ReleaseRow]:
        """List the releases of an app that were built, the newest first."""
        found = select(ReleaseRow).where(ReleaseRow.app_id == app_id)
        return list(self.session.scalars(found.order_by(ReleaseRow.number.desc())))

    def releases_by_id(self, ids: Iterable[UUID | None]) -> dict[UUID, ReleaseRow]:
        """Find several releases."""
        found = self.session.scalars(
            select(ReleaseRow).where(ReleaseRow.id.in_({each for each in ids if each}))
        )
        return {row.id: row for row in found}

    def next_release(self, app_id: UUID) -> int:
        """Number the next release of an app."""
        last = select(func.max(ReleaseRow.number)).where(ReleaseRow.app_id == app_id)
        return (self.session.scalar(last) or 0) + 1

    # ------------------------------------------------------------------ deployments

    def deployment(self, deployment_id: UUID) -> DeploymentRow:
        """Find a deployment, as it stands now. Raises NotFound."""
        row = self.session.get(DeploymentRow, deployment_id, populate_existing=True)
        if row is None:
            raise NotFound("There is no such deployment, or it is not shared with you.")
        return row

    def add_deployment(self, row: DeploymentRow) -> list[DeploymentRow]:
        """Number and store a deployment; tell which of the app's have not ended yet."""
        take_turn(self.session, f"deployments of {row.app_id}")
        last = select(func.max(DeploymentRow.number)).where(DeploymentRow.app_id == row.app_id)
        earlier = self.unfinished(row.app_id)
        row.number = (self.session.scalar(last) or 0) + 1
        self.session.add(row)
        self.session.flush()
        return earlier

    def unfinished(self, app_id: UUID, before: int | None = None) -> list[DeploymentRow]:
        """List the deployments of an app that have not ended, of those before one."""
        found = select(DeploymentRow).where(
            DeploymentRow.app_id == app_id, DeploymentRow.ended.is_(None)
        )
        if before is not None:
            found = found.where(DeploymentRow.number < before)
        rows = self.session.scalars(found.order_by(DeploymentRow.number))
        return list(rows)

    def newest(self, app_ids: Iterable[UUID]) -> dict[UUID, DeploymentRow]:
        """Find the newest deployment of each of several apps."""
        last = (
            select(DeploymentRow.app_id, func.max(DeploymentRow.number).label("number"))
            .where(DeploymentRow.app_id.in_(set(app_ids)))
            .group_by(DeploymentRow.app_id)
            .subquery()
        )
        is_last = and_(
            DeploymentRow.app_id == last.c.app_id, DeploymentRow.number == last.c.number
        )
        found = self.session.scalars(select(DeploymentRow).join(last, is_last))
        return {row.app_id: row for row in found}

    def advance(self, deployment_id: UUID, old: Sequence[str], new: str, **values: Any) -> bool:
        """Bring a deployment from one of some states to another; False where it is in none."""
        ended = {} if new in UNFINISHED else {"ended": now()}
        change = update(DeploymentRow).where(
            DeploymentRow.id == deployment_id, DeploymentRow.state.in_(old)
        )
        changed = change.values(state=new, **ended, **values).returning(DeploymentRow.id)
        return self.session.scalar(changed) is not None

    def lines(self, deployment_id: UUID, after: int, limit: int) -> list[DeploymentLineRow]:
        """List lines of a log, from one on."""
        found = select(DeploymentLineRow).where(
            DeploymentLineRow.deployment_id == deployment_id, DeploymentLineRow.n > after
        )
        return list(self.session.scalars(found.order_by(DeploymentLineRow.n).limit(limit)))

    def length(self, deployment_id: UUID) -> tuple[int, int]:
        """Count the lines of a log, and their characters."""
        count = select(
            func.coalesce(func.max(DeploymentLineRow.n), 0),
            func.coalesce(func.sum(func.length(DeploymentLineRow.text)), 0),
        ).where(DeploymentLineRow.deployment_id == deployment_id)
        lines, characters = self.session.execute(count).one()
        return lines, characters

    # ------------------------------------------------------------------ domains, variables

    def domains(self, app_id: UUID) -> list[DomainRow]:
        """List the host names of an app's own."""
        found = select(DomainRow).where(DomainRow.app_id == app_id).order_by(DomainRow.host)
        return list(self.session.scalars(found))

    def domain(self, app_id: UUID, host: str) -> DomainRow:
        """Find a host name of an app's own. Raises NotFound."""
        row = self.session.get(DomainRow, (app_id, host))
        if row is None:
            raise NotFound("The app has no such domain.")
        return row

    def verified(self, host: str) -> DomainRow | None:
        """Find whose a host name was proven to be."""
        proven = DomainRow.host == host, DomainRow.verified.is_not(None)
        return self.session.scalar(select(DomainRow).where(*proven))

    def variables(self, app_id: UUID) -> list[AppVariableRow]:
        """List the variables of an app."""
        found = select(AppVariableRow).where(AppVariableRow.app_id == app_id)
        return list(self.session.scalars(found.order_by(AppVariableRow.name)))


def _is_binned(deleted: bool) -> ColumnElement[bool]:
    return AppRow.deleted.is_not(None) if deleted else AppRow.deleted.is_(None)
