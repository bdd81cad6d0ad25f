"""What can be done with deployments: plan, begin, watch, cancel, roll back."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, select

from jupyter_wove.accounts import Action, Actor
from jupyter_wove.deploy.deployments.log import follow
from jupyter_wove.deploy.deployments.models import RELEASE, DeployArguments, ProposedPlan
from jupyter_wove.deploy.hosting import Hosting
from jupyter_wove.deploy.models import (
    DeployedRelease,
    Deployment,
    Line,
    LogLine,
    LogNews,
    NewDeployment,
    RollBack,
    VersionId,
)
from jupyter_wove.deploy.recipes import detect, plan_toml
from jupyter_wove.deploy.sources import VersionFiles
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.tables import AppRow, DeploymentRow, ReleaseRow
from jupyter_wove.deploy.views import AppViews, plan_of, shown_line
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.contract import Numbered
from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.kit.jobs import Jobs
from jupyter_wove.kit.paging import Page, keyset
from jupyter_wove.kit.units import Unit, Units
from jupyter_wove.projects import ProjectRow, ProjectStore, Versions, Workspaces
from jupyter_wove.runner import Kind, Plan

MESSAGE = "Deployed"
MOST_LINES = 20_000
Entry = Annotated[str, msgspec.Meta(max_length=255)]


class Deployments:
    """How versions of a project come to be served, and which release visitors see."""

    def __init__(
        self,
        units: Units,
        workspaces: Workspaces,
        jobs: Jobs,
        hosting: Hosting,
        versions: Versions,
    ) -> None:
        self.units = units
        self.workspaces = workspaces
        self.jobs = jobs
        self.hosting = hosting
        self.versions = versions

    def plan(
        self,
        actor: Actor,
        project_id: UUID,
        version: VersionId | None = None,
        kind: Kind | None = None,
        entry: Entry = "",
    ) -> ProposedPlan:
        """Find out how a version, or the work as it is now, would be deployed.

        As some `kind`, begun with the file `entry`, where they are named.
        """
        with self.units.read() as unit:
            project = ProjectStore(unit.session).allowed(actor, project_id, Action.DEPLOY)
        repository = self.workspaces.repository(project)
        version = repository.commit(version).id if version else "working"
        plan = detect(VersionFiles(repository, version), kind, entry)
        problem, notice = self.hosting.problem(plan), self.hosting.notice(plan)
        return ProposedPlan(version, plan, problem, notice, plan_toml(plan))

    def deploy(self, actor: Actor, app_id: UUID, body: NewDeployment) -> Deployment:
        """Begin to deploy a version, or the work as it is now.

        One that is not being checked yet is cancelled by this; one that is goes first.
        """
        with self.units.read() as unit:
            app = AppStore(unit.session).allowed(actor, app_id, Action.DEPLOY)
            project = unit.session.get_one(ProjectRow, app.project_id)
        version = self._version(actor, project, body.version)
        plan = body.plan or self._planned(app, project, version)
        self.hosting.demand(plan)
        self.hosting.demand_of(app_id, plan)
        with self.units.write() as unit:
            app = AppStore(unit.session).allowed(actor, app_id, Action.DEPLOY)
            row = DeploymentRow(version=version, plan=msgspec.to_builtins(plan))
            return self._begin(unit, actor, app, row)

    def roll_back(self, actor: Actor, app_id: UUID, body: RollBack) -> Deployment:
        """Serve one of the last five releases again."""
        with self.units.write() as unit:
            app = AppStore(unit.session).allowed(actor, app_id, Action.DEPLOY)
            release = self._earlier(unit, app, body.release)
            row = DeploymentRow(version=release.version, plan=release.plan)
            row.release_id, row.rolls_back = release.id, True
            return self._begin(unit, actor, app, row)

    def of_app(
        self, actor: Actor, app_id: UUID, after: str | None = None, limit: int = 20
    ) -> Page[Deployment]:
        """List the deployments of an app, the newest first."""
        statement = select(DeploymentRow).where(DeploymentRow.app_id == app_id)
        order: list[ColumnElement[Any]] = [DeploymentRow.number.desc()]
        with self.units.read() as unit:
            AppStore(unit.session).allowed(actor, app_id, Action.READ_WORK)
            page = keyset(unit.session, statement, order, after, limit)
            return Page(AppViews(unit.session, actor).deployments(page.items), page.next)

    def releases(self, actor: Actor, app_id: UUID) -> list[DeployedRelease]:
        """List what was built of an app, the newest first."""
        with self.units.read() as unit:
            app = AppStore(unit.session).allowed(actor, app_id, Action.READ_WORK)
            return AppViews(unit.session, actor).releases(app)

    def get(self, actor: Actor, deployment_id: UUID) -> Deployment:
        """Tell how a deployment stands."""
        with self.units.read() as unit:
            row = self._allowed(unit, actor, deployment_id, Action.READ_WORK)
            return AppViews(unit.session, actor).deployments([row])[0]

    def log(
        self, actor: Actor, deployment_id: UUID, last_event_id: str | None = None
    ) -> AsyncIterator[Numbered[LogNews]]:
        """Tell how a deployment stands and each line of its log, until it has ended.

        The id of each piece of news is the number of the last line before it.
        """
        self.get(actor, deployment_id)
        after = int(last_event_id) if last_event_id and last_event_id.isdecimal() else 0
        return follow(self.units, actor, deployment_id, after)

    def lines(self, actor: Actor, deployment_id: UUID, after: Line = 0) -> list[LogLine]:
        """Read lines of a log after one, as many as there are now, up to 20,000."""
        with self.units.read() as unit:
            self._allowed(unit, actor, deployment_id, Action.READ_WORK)
            found = AppStore(unit.session).lines(deployment_id, after, MOST_LINES)
            return [shown_line(each) for each in found]

    def cancel(self, actor: Actor, deployment_id: UUID) -> Deployment:
        """Ask a deployment to stop; it leaves nothing behind, and what was served stays."""
        with self.units.write() as unit:
            row = self._allowed(unit, actor, deployment_id, Action.DEPLOY)
            if row.ended is None:
                self.jobs.cancel(unit, row.job_id)
            row = AppStore(unit.session).deployment(deployment_id)
            return AppViews(unit.session, actor).deployments([row])[0]

    def _allowed(
        self, unit: Unit, actor: Actor, deployment_id: UUID, action: Action
    ) -> DeploymentRow:
        store = AppStore(unit.session)
        row = store.deployment(deployment_id)
        try:
            store.allowed(actor, row.app_id, action)
        except NotFound as error:
            raise NotFound("There is no such deployment, or it is not shared with you.") from error
        return row

    def _version(self, actor: Actor, project: ProjectRow, version: str | None) -> str:
        if version:
            return self.workspaces.repository(project).commit(version).id
        return self.versions.as_it_is(actor, project.id, MESSAGE)

    def _planned(self, app: AppRow, project: ProjectRow, version: str) -> Plan:
        if app.plan:
            return plan_of(app.plan)
        return detect(VersionFiles(self.workspaces.repository(project), version))

    def _earlier(self, unit: Unit, app: AppRow, number: int | None) -> ReleaseRow:
        good = [each for each in AppStore(unit.session).releases(app.id) if each.state == "good"]
        if number:
            found = next((each for each in good if each.number == number), None)
        else:
            found = next((each for each in good if each.id != app.release_id), None)
        if found is None:
            raise Conflict("There is no such release to go back to any more.")
        if found.id == app.release_id:
            raise Conflict(f"Release {found.number} is the one that is served.")
        return found

    def _begin(self, unit: Unit, actor: Actor, app: AppRow, row: DeploymentRow) -> Deployment:
        store = AppStore(unit.session)
        row.id, row.app_id, row.state = new_id(), app.id, "queued"
        row.created, row.created_by, row.refused = now(), actor.id, []
        job = self.jobs.enqueue(unit, RELEASE, DeployArguments(row.id), actor.id)
        row.job_id, app.kind = job.id, row.plan["kind"]
        for earlier in store.add_deployment(row):
            if earlier.state != "checking":
                self.jobs.cancel(unit, earlier.job_id)
        return AppViews(unit.session, actor).deployments([row])[0]
