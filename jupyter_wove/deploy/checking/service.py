"""What can be asked for: a check that a project still runs."""

from uuid import UUID

from jupyter_wove.accounts import Action, Actor
from jupyter_wove.deploy.checking.models import CHECK, CheckArguments, NewCheck
from jupyter_wove.deploy.hosting import Hosting
from jupyter_wove.deploy.recipes import detect
from jupyter_wove.deploy.sources import VersionFiles
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.kit.jobs import Jobs
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import (
    CheckRow,
    CheckStore,
    ProjectCheck,
    ProjectRow,
    ProjectStore,
    Versions,
    Workspaces,
    seen_checks,
)

MESSAGE = "Checked that it runs"
NEEDS = "To see whether notebooks run takes Docker, which the runner does not reach: {problem}."


class Checking:
    """Runs the notebooks of versions once, where they can do no harm."""

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

    def begin(self, actor: Actor, project_id: UUID, body: NewCheck) -> ProjectCheck:
        """Begin to run the notebooks of a version; an earlier check of the project ends.

        Its job tells how far it is, and is cancelled as all jobs are.
        """
        with self.units.read() as unit:
            project = ProjectStore(unit.session).allowed(actor, project_id, Action.DEPLOY)
        self._demand_docker()
        version = self._version(actor, project, body.version)
        detect(VersionFiles(self.workspaces.repository(project), version), "executed")
        with self.units.write() as unit:
            ProjectStore(unit.session).allowed(actor, project_id, Action.DEPLOY)
            store = CheckStore(unit.session)
            for earlier in store.running(project_id):
                self.jobs.cancel(unit, earlier.job_id)
            row = CheckRow(id=new_id(), project_id=project_id, version=version, state="running")
            row.created, row.created_by, row.books = now(), actor.id, []
            row.job_id = self.jobs.enqueue(unit, CHECK, CheckArguments(row.id), actor.id).id
            store.add(row)
            unit.session.flush()
            return seen_checks(unit, [row])[0]

    def _demand_docker(self) -> None:
        status = self.hosting.status()
        if not status.engine:
            raise Unavailable(NEEDS.format(problem=status.problem.rstrip(".")))

    def _version(self, actor: Actor, project: ProjectRow, version: str | None) -> str:
        if wanted := version or project.published_version:
            return self.workspaces.repository(project).commit(wanted).id
        return self.versions.as_it_is(actor, project.id, MESSAGE)
