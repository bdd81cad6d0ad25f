"""What can be done with previews; each is an app of its own below another."""

from uuid import UUID

from jupyter_wove.accounts import Action, Actor
from jupyter_wove.deploy.deployments import Deployments
from jupyter_wove.deploy.models import DeployedApp, NewApp, NewDeployment, NewPreview
from jupyter_wove.deploy.policy import WITHIN
from jupyter_wove.deploy.service import SLUGS, Apps
from jupyter_wove.deploy.slugs import demand_free, preview_slug
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.tables import AppRow
from jupyter_wove.deploy.views import AppViews
from jupyter_wove.kit.columns import new_id
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import Conflict, InvalidRequest
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectRow, Workspaces

SHORT = 7  # characters of the id of a version
NEW = NewApp()


class Previews:
    """Branches and versions of a project, each at an address beside the app's own."""

    def __init__(
        self, units: Units, workspaces: Workspaces, apps: Apps, deployments: Deployments
    ) -> None:
        self.units = units
        self.workspaces = workspaces
        self.apps = apps
        self.deployments = deployments

    def all(self, actor: Actor, app_id: UUID) -> list[DeployedApp]:
        """List the previews of an app."""
        with self.units.read() as unit:
            store = AppStore(unit.session)
            store.seen(actor, app_id)
            seen = [row for row in store.previews([app_id]) if store.lists(actor, row)]
            shown = AppViews(unit.session, actor).all(seen)
        return self.apps.hosting.with_states(shown)

    def show(self, actor: Actor, app_id: UUID, body: NewPreview) -> DeployedApp:
        """Deploy a branch or a version beside an app, at the same address as before if it was.

        Only those who work on the project visit it, whoever visits the app.
        """
        with self.units.read() as unit:
            parent = AppStore(unit.session).allowed(actor, app_id, Action.DEPLOY)
            project = unit.session.get_one(ProjectRow, parent.project_id)
        if parent.parent_id:
            raise Conflict("This is a preview itself. Make one of the app that it is of.")
        name, version = self._meant(project, body)
        row = self._kept(actor, parent, name)
        self.deployments.deploy(actor, row.id, NewDeployment(version))
        return self.apps.get(actor, row.id)

    def _meant(self, project: ProjectRow, body: NewPreview) -> tuple[str, str]:
        """Name a preview, and find the version that it shows."""
        repository = self.workspaces.repository(project)
        if body.branch and not body.version:
            return body.branch, repository.at_branch(body.branch)
        if body.version and not body.branch:
            version = repository.commit(body.version).id
            return f"version-{version[:SHORT]}", version
        raise InvalidRequest("Name either a branch or a version.")

    def _kept(self, actor: Actor, parent: AppRow, name: str) -> AppRow:
        """Find the preview of this name, or make one."""
        with self.units.write() as unit:
            store = AppStore(unit.session)
            take_turn(unit.session, SLUGS)
            if known := store.preview(parent.id, name):
                return known
            row = AppRow(id=new_id(), project_id=parent.project_id, parent_id=parent.id)
            row.slug, row.branch = preview_slug(parent.slug, name), name
            row.title, row.kind = f"{parent.title} ({name})"[:120], parent.kind
            row.access = parent.access if parent.access in WITHIN else "project"
            row.idle, row.plan = NEW.idle, parent.plan
            demand_free(store, row.slug)
            self.apps.store(unit, actor, row)
            return row
