"""What can be done with apps: make, list, change, stop, wake, delete, bring back."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, select

from jupyter_wove.accounts import Action, Actor
from jupyter_wove.deploy.hosting import Hosting
from jupyter_wove.deploy.models import (
    AppChange,
    AppChanged,
    AppDeleted,
    AppName,
    Days,
    DeployedApp,
    Line,
    NewApp,
    Slug,
)
from jupyter_wove.deploy.policy import WITHIN
from jupyter_wove.deploy.slugs import demand_free, free_slug, slug_of
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.tables import AppRow
from jupyter_wove.deploy.targets import LOCAL, DeployTarget
from jupyter_wove.deploy.views import AppViews
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.jobs import Jobs
from jupyter_wove.kit.paging import Page, keyset
from jupyter_wove.kit.units import Unit, Units
from jupyter_wove.projects import ProjectRow, ProjectStore, works_on
from jupyter_wove.runner import OutputLine, Visits

SLUGS = "slugs of apps"


class Apps:
    """What is made of projects for visitors, each at an address of its own."""

    def __init__(self, units: Units, jobs: Jobs, hosting: Hosting) -> None:
        self.units = units
        self.jobs = jobs
        self.hosting = hosting

    # ------------------------------------------------------------------ looking

    def mine(self, actor: Actor, after: str | None = None, limit: int = 50) -> Page[DeployedApp]:
        """List the apps of the projects that one works on, the newest first."""
        mine = works_on(actor.id), ProjectRow.deleted.is_(None), AppRow.deleted.is_(None)
        statement = select(AppRow).join(ProjectRow, ProjectRow.id == AppRow.project_id)
        order: list[ColumnElement[Any]] = [AppRow.created.desc(), AppRow.id.desc()]
        with self.units.read() as unit:
            page = keyset(unit.session, statement.where(*mine), order, after, limit)
            store = AppStore(unit.session)
            seen = [row for row in page.items if store.lists(actor, row)]
            shown = Page(AppViews(unit.session, actor).all(seen), page.next)
        return Page(self.hosting.with_states(shown.items), shown.next)

    def public(self, actor: Actor, after: str | None = None, limit: int = 50) -> Page[DeployedApp]:
        """List the apps that everybody may visit, the last deployed first."""
        alive = ProjectRow.deleted.is_(None), AppRow.deleted.is_(None), AppRow.stopped.is_(False)
        public = AppRow.access == "public", AppRow.deployed.is_not(None), *alive
        statement = select(AppRow).join(ProjectRow, ProjectRow.id == AppRow.project_id)
        order: list[ColumnElement[Any]] = [AppRow.deployed.desc(), AppRow.id.desc()]
        with self.units.read() as unit:
            page = keyset(unit.session, statement.where(*public), order, after, limit)
            shown = Page(AppViews(unit.session, actor).all(page.items), page.next)
        return Page(self.hosting.with_states(shown.items), shown.next)

    def of_project(
        self, actor: Actor, project_id: UUID, deleted: bool = False
    ) -> list[DeployedApp]:
        """List the apps of a project, previews among them; or those in the bin."""
        with self.units.read() as unit:
            ProjectStore(unit.session).allowed(actor, project_id, Action.SEE)
            store = AppStore(unit.session)
            found = store.of_project(project_id, deleted=deleted)
            seen = [row for row in found if store.lists(actor, row)]
            shown = AppViews(unit.session, actor).all(seen)
        return self.hosting.with_states(shown)

    def get(self, actor: Actor, app_id: UUID) -> DeployedApp:
        """Read an app that one may visit, or deploy."""
        with self.units.read() as unit:
            row = AppStore(unit.session).seen(actor, app_id)
            shown = AppViews(unit.session, actor).one(row)
        return self.hosting.with_states([shown])[0]

    def name(self, actor: Actor, slug: Slug) -> AppName:
        """Tell whether a name in the addresses of apps is free."""
        with self.units.read() as unit:
            return AppName(slug, AppStore(unit.session).with_slug(slug) is None)

    def targets(self, actor: Actor, app_id: UUID | None = None) -> list[DeployTarget]:
        """List where an app, or a new one, can be served, and what is still to be told for that.

        This computer comes first; the others are those that administrators allow.
        """
        names: set[str] = set()
        if app_id:
            with self.units.read() as unit:
                store = AppStore(unit.session)
                store.allowed(actor, app_id, Action.DEPLOY)
                names = {each.name for each in store.variables(app_id)}
        return self.hosting.targets.offered(names)

    def visits(self, actor: Actor, app_id: UUID, days: Days = 1) -> Visits:
        """Tell what was asked of an app lately, by the minute."""
        with self.units.read() as unit:
            row = AppStore(unit.session).allowed(actor, app_id, Action.READ_WORK)
        return self.hosting.visits(app_id, days) if row.release_id else Visits([])

    def output(self, actor: Actor, app_id: UUID, after: Line = 0) -> list[OutputLine]:
        """Read what an app has written since it started, after a line.

        Of one that is served elsewhere: the last that the place has kept, whatever `after` says.
        """
        with self.units.read() as unit:
            row = AppStore(unit.session).allowed(actor, app_id, Action.DEPLOY)
        return self.hosting.output(app_id, after) if row.release_id else []

    # ------------------------------------------------------------------ changing

    def create(self, actor: Actor, project_id: UUID, body: NewApp) -> DeployedApp:
        """Make an app of a project; its first deployment brings it to life."""
        with self.units.write() as unit:
            project = ProjectStore(unit.session).allowed(actor, project_id, Action.DEPLOY)
            self._demand_access(unit, actor, project_id, body.access)
            row = AppRow(id=new_id(), project_id=project_id, title=body.title or project.title)
            row.access, row.idle, row.target = body.access, body.idle, self._target(body.target)
            self._plan(row, body.plan)
            self._name(AppStore(unit.session), row, body.slug)
            return self.store(unit, actor, row)

    def store(self, unit: Unit, actor: Actor, row: AppRow) -> DeployedApp:
        """Store a new app."""
        row.created, row.created_by = now(), actor.id
        unit.session.add(row)
        unit.session.flush()
        unit.emit(AppChanged(row.id, row.project_id, by=actor.id))
        return AppViews(unit.session, actor).one(row)

    def change(self, actor: Actor, app_id: UUID, body: AppChange) -> DeployedApp:
        """Change what an app is called, who may visit it, and how it is built."""
        changes = {
            field: value
            for field, value in msgspec.structs.asdict(body).items()
            if value is not msgspec.UNSET
        }
        with self.units.write() as unit:
            store = AppStore(unit.session)
            row = store.allowed(actor, app_id, Action.DEPLOY)
            if (access := changes.get("access", row.access)) != row.access:
                ProjectStore(unit.session).allowed(actor, row.project_id, Action.SERVE)
                row.access = str(access)
            if (slug := changes.pop("slug", row.slug)) != row.slug:
                self._name(store, row, slug)
            if (target := changes.pop("target", row.target)) != row.target:
                self._move(row, self._target(target))
            if "plan" in changes:
                self._plan(row, changes.pop("plan"))
            for column, value in changes.items():
                setattr(row, column, value)
            shown = self._changed(unit, actor, row)
        return self._told(row, shown)

    def stop(self, actor: Actor, app_id: UUID) -> DeployedApp:
        """Have an app answer no more, until it is woken."""
        with self.units.write() as unit:
            row = AppStore(unit.session).allowed(actor, app_id, Action.DEPLOY)
            row.stopped = True
            shown = self._changed(unit, actor, row)
        if row.release_id and self.hosting.socket.known():
            self.hosting.stop(app_id)
        return self.hosting.with_states([shown])[0]

    def wake(self, actor: Actor, app_id: UUID) -> DeployedApp:
        """Have an app that sleeps, or was stopped, answer again."""
        with self.units.write() as unit:
            row = AppStore(unit.session).allowed(actor, app_id, Action.DEPLOY)
            if row.release_id is None:
                raise Conflict("Nothing of this app was ever served. Deploy it first.")
            row.stopped = False
            shown = self._changed(unit, actor, row)
        self.hosting.wake(app_id)
        return self.hosting.with_states([shown])[0]

    def delete(self, actor: Actor, app_id: UUID) -> None:
        """Put an app and its previews into the bin, where nobody visits it, for 30 days."""
        with self.units.write() as unit:
            store = AppStore(unit.session)
            row = store.allowed(actor, app_id, Action.SERVE)
            rows = [row, *store.previews([row.id])]
            for each in rows:
                each.deleted = now()
                self._call_off(unit, store, each)
            unit.emit(AppDeleted(row.id, row.project_id, by=actor.id))
        if self.hosting.socket.known():
            for each in rows:
                self.hosting.stop(each.id)

    def undelete(self, actor: Actor, app_id: UUID) -> DeployedApp:
        """Bring an app back out of the bin; it sleeps until somebody visits it."""
        with self.units.write() as unit:
            store = AppStore(unit.session)
            row = store.binned(actor, app_id)
            take_turn(unit.session, SLUGS)
            demand_free(store, row.slug)
            row.deleted = None
            shown = self._changed(unit, actor, row)
        if row.release_id and not row.stopped:
            self.hosting.wake(app_id)
        return self.hosting.with_states([shown])[0]

    # ------------------------------------------------------------------ within

    def _demand_access(self, unit: Unit, actor: Actor, project_id: UUID, access: str) -> None:
        """Let only owners open an app to those who do not work on its project."""
        if access not in WITHIN:
            ProjectStore(unit.session).allowed(actor, project_id, Action.SERVE)

    def _plan(self, row: AppRow, plan: Any) -> None:
        row.plan = msgspec.to_builtins(plan) if plan else None
        row.kind = plan.kind if plan else row.kind or ""

    def _target(self, name: str) -> str:
        """Name where it is to be served. Raises Forbidden where that is not allowed."""
        if name != LOCAL:
            self.hosting.targets.needs(name)
        return name

    def _move(self, row: AppRow, target: str) -> None:
        """Have it served elsewhere from its first deployment on. Raises Conflict."""
        if row.release_id:
            raise Conflict("An app stays where it is served. Make another app for this target.")
        row.target = target

    def _name(self, store: AppStore, row: AppRow, slug: Slug | None) -> None:
        take_turn(store.session, SLUGS)
        if slug:
            demand_free(store, slug)
        row.slug = slug or free_slug(store, slug_of(row.title))

    def _call_off(self, unit: Unit, store: AppStore, row: AppRow) -> None:
        for deployment in store.unfinished(row.id):
            self.jobs.cancel(unit, deployment.job_id)

    def _changed(self, unit: Unit, actor: Actor, row: AppRow) -> DeployedApp:
        unit.session.flush()
        unit.emit(AppChanged(row.id, row.project_id, by=actor.id))
        return AppViews(unit.session, actor).one(row)

    def _told(self, row: AppRow, shown: DeployedApp) -> DeployedApp:
        """Tell a runner that runs; one that does not hears of it when it starts."""
        if self.hosting.socket.known():
            self.hosting.tell_if_served(row)
        return self.hosting.with_states([shown])[0]
