"""What can be done with what agents remember: read it, add to it, mend it, have it forgotten."""

from uuid import UUID

from jupyter_wove.accounts import AccountStore, Action, Actor, PersonRef
from jupyter_wove.ai.context import Remembered, without_secrets
from jupyter_wove.ai.memories.models import Memory, MemoryText, NewMemory, Source
from jupyter_wove.ai.memories.store import NONE, MemoryStore
from jupyter_wove.ai.memories.tables import MemoryRow
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.kit.units import Unit
from jupyter_wove.projects import ProjectStore

MOST = 100  # things that are remembered of one project, or of one person
LONGEST = 500  # characters
FULL = f"Agents remember {MOST} things at most. Have them forget what does not matter any more."
GONE = "somebody who has left"


class Memories:
    """What agents remember of projects, and of oneself."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.store = MemoryStore(unit.session)

    def all(self, actor: Actor, project_id: UUID | None = None) -> list[Memory]:
        """List what agents remember of a project, or of oneself, newest first."""
        if project_id is None:
            return self._views(list(self.store.of(actor.id, None)))
        self._allowed(actor, project_id, Action.READ_WORK)
        return self._views(list(self.store.of(None, project_id)))

    def add(self, actor: Actor, body: NewMemory) -> Memory:
        """Have agents remember something; what they know already stays as it is."""
        return self.learn(actor, body, Source())

    def learn(self, actor: Actor, body: NewMemory, source: Source) -> Memory:
        """Have agents remember what one of them said, and this person allowed."""
        if body.project_id is not None:
            self._allowed(actor, body.project_id, Action.EDIT)
        of_whom = (None, body.project_id) if body.project_id else (actor.id, None)
        take_turn(self.unit.session, f"memory {of_whom}")
        known = self.store.of(*of_whom)
        row = next((each for each in known if each.content == _kept(body.text)), None)
        if row is None and len(known) >= MOST:
            raise Conflict(FULL)
        return self._views([row or self._new(actor, of_whom, body, source)])[0]

    def change(self, actor: Actor, memory_id: UUID, body: MemoryText) -> Memory:
        """Say it in another way; it is by whoever did so last."""
        row = self._found(actor, memory_id)
        row.content, row.changed, row.author_id = _kept(body.text), now(), actor.id
        return self._views([row])[0]

    def remove(self, actor: Actor, memory_id: UUID) -> None:
        """Have agents forget something."""
        self.unit.session.delete(self._found(actor, memory_id))

    def recalled(self, person_id: UUID, project_id: UUID | None) -> list[Remembered]:
        """List what an agent is told that works for a person, in a project or in none.

        Whether the person works on the project is for the caller to know.
        """
        rows = list(self.store.of(person_id, project_id))
        authors = self._authors(rows)
        by = (authors[row.author_id].name if row.author_id else GONE for row in rows)
        return [
            Remembered(row.id, row.content, row.created.date(), name)
            for row, name in zip(rows, by, strict=True)
        ]

    def _new(
        self,
        actor: Actor,
        of_whom: tuple[UUID | None, UUID | None],
        body: NewMemory,
        source: Source,
    ) -> MemoryRow:
        person_id, project_id = of_whom
        row = MemoryRow(id=new_id(), person_id=person_id, project_id=project_id)
        row.content, row.author_id = _kept(body.text), actor.id
        row.agent, row.chat, row.notebook = source.agent, source.chat, source.notebook
        row.created = row.changed = now()
        self.unit.session.add(row)
        self.unit.session.flush()
        return row

    def _found(self, actor: Actor, memory_id: UUID) -> MemoryRow:
        row = self.store.one(memory_id)
        if row.project_id is not None:
            self._allowed(actor, row.project_id, Action.EDIT)
        elif row.person_id != actor.id:
            raise NotFound(NONE)
        return row

    def _allowed(self, actor: Actor, project_id: UUID, action: Action) -> None:
        ProjectStore(self.unit.session).allowed(actor, project_id, action)

    def _views(self, rows: list[MemoryRow]) -> list[Memory]:
        refs = self._authors(rows)
        return [
            Memory(
                id=row.id,
                project_id=row.project_id,
                text=row.content,
                by=refs.get(row.author_id),
                source=Source(row.agent, row.chat, row.notebook),
                created=row.created,
                changed=row.changed,
            )
            for row in rows
        ]

    def _authors(self, rows: list[MemoryRow]) -> dict[UUID | None, PersonRef]:
        ids = (row.author_id for row in rows if row.author_id)
        people = AccountStore(self.unit.session).people(ids)
        return {id_: PersonRef(row.handle, row.name) for id_, row in people.items()}


def _kept(text: str) -> str:
    """Take out what looks like a key or a password: it would go to every model that is asked."""
    return without_secrets(text.strip())[:LONGEST]
