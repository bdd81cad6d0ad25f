"""What can be done with the members of a prompt."""

from uuid import UUID

from jupyter_wove.accounts import AccountStore, Actor, PersonRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.kit.units import Unit
from jupyter_wove.prompts.members.models import PromptMember, PromptMembership
from jupyter_wove.prompts.models import PromptShared
from jupyter_wove.prompts.policy import PromptAction
from jupyter_wove.prompts.store import PromptStore
from jupyter_wove.prompts.tables import PromptMemberRow, PromptRow
from jupyter_wove.prompts.views import person_ref


class PromptMembers:
    """The people whom one prompt is shared with."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.store = PromptStore(unit.session)

    def all(self, actor: Actor, prompt_id: UUID) -> list[PromptMember]:
        """List whom a prompt is shared with; its editors and owners may know."""
        self.store.allowed(actor, prompt_id, PromptAction.EDIT)
        return [_member(row, person) for row, person in self.store.members(prompt_id)]

    def put(
        self, actor: Actor, prompt_id: UUID, handle: str, body: PromptMembership
    ) -> PromptMember:
        """Share a prompt with somebody, or change their role."""
        prompt = self.store.allowed(actor, prompt_id, PromptAction.MANAGE, lock=True)
        person = self._person(handle)
        _keep_an_owner(prompt, person, body.role)
        row = self.store.member(prompt_id, person.id)
        if row is None:
            row = PromptMemberRow(prompt_id=prompt_id, person_id=person.id, since=now())
            self.unit.session.add(row)
        row.role = body.role
        self.unit.session.flush()
        self.unit.emit(PromptShared(prompt_id, actor.id, person.id, body.role))
        return _member(row, person)

    def remove(self, actor: Actor, prompt_id: UUID, handle: str) -> None:
        """Share a prompt with somebody no longer; everybody may also leave themselves."""
        person = self._person(handle)
        action = PromptAction.SEE if person.id == actor.id else PromptAction.MANAGE
        prompt = self.store.allowed(actor, prompt_id, action, lock=True)
        row = self.store.member(prompt_id, person.id)
        if row is None:
            raise NotFound(f"This prompt is not shared with {handle}.")
        _keep_an_owner(prompt, person, None)
        self.unit.session.delete(row)
        self.unit.emit(PromptShared(prompt_id, actor.id, person.id, None))

    def _person(self, handle: str) -> PersonRow:
        return AccountStore(self.unit.session).by_handle(handle)


def _keep_an_owner(prompt: PromptRow, person: PersonRow, role: str | None) -> None:
    """Refuse to lose the owner whose name is in the prompt's address."""
    if person.id == prompt.owner_id and role != "owner":
        raise Conflict(f"{person.name} owns this prompt and stays its owner.")


def _member(row: PromptMemberRow, person: PersonRow) -> PromptMember:
    return PromptMember(person_ref(person), row.role, row.since)  # type: ignore[arg-type]
