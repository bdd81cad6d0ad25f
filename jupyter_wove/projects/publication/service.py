"""What can be done to share a project: publish, unlist, unpublish, remix."""

from typing import TYPE_CHECKING
from uuid import UUID

from jupyter_wove.accounts import Action, Actor, Visibility
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.jobs import Job, Jobs
from jupyter_wove.kit.units import Unit, Units
from jupyter_wove.projects.detection import Facts, facts_of
from jupyter_wove.projects.jobs import REMIX, RemixArguments
from jupyter_wove.projects.models import Project, ProjectPublished, ProjectUnpublished
from jupyter_wove.projects.publication.models import NewRemix, Publication
from jupyter_wove.projects.signing import author
from jupyter_wove.projects.store import ProjectStore
from jupyter_wove.projects.tables import ProjectRow
from jupyter_wove.projects.views import ProjectViews
from jupyter_wove.projects.workspaces import Workspaces

PUBLISH_MESSAGE = "Published"

if TYPE_CHECKING:
    from jupyter_wove.projects.repository import Repository


class Publications:
    """What of a project others see."""

    def __init__(self, units: Units, workspaces: Workspaces, jobs: Jobs) -> None:
        self.units = units
        self.workspaces = workspaces
        self.jobs = jobs

    def publish(self, actor: Actor, project_id: UUID, body: Publication) -> Project:
        """Let others see a version: everybody, or whoever has the address."""
        with self.units.read() as unit:
            row = ProjectStore(unit.session).allowed(actor, project_id, Action.PUBLISH)
        self.units.check_room()
        version, facts = self._prepare(actor, row, body)
        with self.units.write() as unit:
            row = ProjectStore(unit.session).allowed(actor, project_id, Action.PUBLISH)
            row.published_version, row.published = version, row.published or now()
            row.stack, row.licence = facts.stack, row.licence or facts.licence or ""
            return self._share(unit, actor, row, Visibility(body.visibility))

    def unlist(self, actor: Actor, project_id: UUID) -> Project:
        """Take a published project out of the gallery; its address still works."""
        with self.units.write() as unit:
            row = ProjectStore(unit.session).allowed(actor, project_id, Action.PUBLISH)
            if row.published_version is None:
                raise Conflict("The project is not published.")
            return self._share(unit, actor, row, Visibility.UNLISTED)

    def unpublish(self, actor: Actor, project_id: UUID) -> Project:
        """Make a project private again."""
        with self.units.write() as unit:
            row = ProjectStore(unit.session).allowed(actor, project_id, Action.PUBLISH)
            row.visibility, row.published_version = Visibility.PRIVATE.value, None
            row.updated = now()
            unit.session.flush()
            unit.emit(ProjectUnpublished(project_id, by=actor.id))
            return ProjectViews(unit.session, actor, self.workspaces.root).one(row)

    def remix(self, actor: Actor, project_id: UUID, body: NewRemix) -> Job:
        """Make a project of one's own from what was published."""
        with self.units.write() as unit:
            row = ProjectStore(unit.session).allowed(actor, project_id, Action.REMIX)
            arguments = RemixArguments(actor, project_id, body.title or row.title)
            return self.jobs.enqueue(unit, REMIX, arguments, actor.id)

    def _prepare(self, actor: Actor, row: ProjectRow, body: Publication) -> tuple[str, Facts]:
        """Choose the version to publish, and see what it is made of."""
        repository = self.workspaces.repository(row)
        version = (
            repository.commit(body.version).id if body.version else _newest(actor, repository)
        )
        return version, facts_of(repository, version)

    def _share(self, unit: Unit, actor: Actor, row: ProjectRow, to: Visibility) -> Project:
        row.visibility, row.updated = to.value, now()
        unit.session.flush()
        version = row.published_version or ""
        unit.emit(ProjectPublished(row.id, version, to, by=actor.id))
        return ProjectViews(unit.session, actor, self.workspaces.root).one(row)


def _newest(actor: Actor, repository: "Repository") -> str:
    """Name the version that holds the files as they are now; save one if there is none."""
    last = repository.history("named", None, 1)
    if last and not repository.changes(last[0].id):
        return last[0].id
    return repository.save_version(author(actor), PUBLISH_MESSAGE)
