"""What can be done with the members of a project."""

from uuid import UUID

from jupyter_wove.accounts import AccountStore, Action, Actor, PersonRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.kit.units import Unit
from jupyter_wove.projects.members.models import Member, Membership
from jupyter_wove.projects.models import MemberChanged
from jupyter_wove.projects.store import ProjectStore
from jupyter_wove.projects.tables import MemberRow, ProjectRow
from jupyter_wove.projects.views import person as person_ref


class Members:
    """The people of one project."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.store = ProjectStore(unit.session)

    def all(self, actor: Actor, project_id: UUID) -> list[Member]:
        """List who works on a project."""
        self.store.allowed(actor, project_id, Action.READ_WORK)
        return [_member(row, person) for row, person in self.store.members(project_id)]

    def put(self, actor: Actor, project_id: UUID, handle: str, body: Membership) -> Member:
        """Take somebody on, or change their role."""
        project = self.store.allowed(actor, project_id, Action.MANAGE)
        person = self._person(handle)
        self._keep_an_owner(project, person, body.role)
        row = self.store.member(project_id, person.id)
        if row is None:
            row = MemberRow(project_id=project_id, person_id=person.id, since=now())
            self.unit.session.add(row)
        row.role = body.role
        self.unit.session.flush()
        self.unit.emit(MemberChanged(project_id, person.id, body.role, by=actor.id))
        return _member(row, person)

    def remove(self, actor: Actor, project_id: UUID, handle: str) -> None:
        """Let somebody go; everybody may also leave themselves."""
        person = self._person(handle)
        action = Action.READ_WORK if person.id == actor.id else Action.MANAGE
        project = self.store.allowed(actor, project_id, action)
        row = self.store.member(project_id, person.id)
        if row is None:
            raise NotFound(f"{handle} does not work on this project.")
        self._keep_an_owner(project, person, None)
        self.unit.session.delete(row)
        self.unit.emit(MemberChanged(project_id, person.id, None, by=actor.id))

    def _person(self, handle: str) -> PersonRow:
        return AccountStore(self.unit.session).by_handle(handle)

    def _keep_an_owner(self, project: ProjectRow, person: PersonRow, role: str | None) -> None:
        """Refuse to lose the owner whose name is in the project's address."""
        if person.id == project.owner_id and role != "owner":
            raise Conflict(f"{person.name} owns this project and stays its owner.")


def _member(row: MemberRow, person: PersonRow) -> Member:
    return Member(person_ref(person), row.role, row.since)  # type: ignore[arg-type]
