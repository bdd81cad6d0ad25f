"""What can be done with proposed changes: propose, read, accept, decline, withdraw."""

from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy import select

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Conflict, Forbidden, NotFound
from jupyter_wove.kit.paging import Page, keyset
from jupyter_wove.kit.units import Unit
from jupyter_wove.prompts.changes.models import (
    ChangeAcceptance,
    ChangeRefusal,
    ChangeRequest,
    ChangeState,
    NewChangeRequest,
    ProposedChange,
)
from jupyter_wove.prompts.comparison import compare
from jupyter_wove.prompts.format import parse
from jupyter_wove.prompts.models import PromptChangeDecided, PromptChangeProposed
from jupyter_wove.prompts.numbering import number_of
from jupyter_wove.prompts.policy import PromptAction
from jupyter_wove.prompts.store import PromptStore, number_of_row
from jupyter_wove.prompts.tables import ChangeRequestRow
from jupyter_wove.prompts.templates import parsed
from jupyter_wove.prompts.versions import Keeping
from jupyter_wove.prompts.views import PromptViews


class ChangeRequests:
    """Changes of a prompt that somebody proposes, and that its editors accept or decline."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.store = PromptStore(unit.session)

    def all(
        self,
        actor: Actor,
        prompt_id: UUID,
        state: ChangeState | Literal[""] = "",
        after: str | None = None,
        limit: int = 50,
    ) -> Page[ChangeRequest]:
        """List the changes that were proposed, newest first."""
        self.store.allowed(actor, prompt_id, PromptAction.SEE)
        wanted = select(ChangeRequestRow).where(ChangeRequestRow.prompt_id == prompt_id)
        if state:
            wanted = wanted.where(ChangeRequestRow.state == state)
        page = keyset(self.unit.session, wanted, [ChangeRequestRow.id.desc()], after, limit)
        return Page(self._views(actor, page.items), page.next)

    def get(self, actor: Actor, prompt_id: UUID, change_id: UUID) -> ProposedChange:
        """Read a proposed change, and how it differs from the version it is for."""
        self.store.allowed(actor, prompt_id, PromptAction.SEE)
        return self._proposed(actor, self._found(prompt_id, change_id))

    def propose(self, actor: Actor, prompt_id: UUID, body: NewChangeRequest) -> ProposedChange:
        """Propose a file instead of a version."""
        row = self.store.allowed(actor, prompt_id, PromptAction.USE, lock=True)
        base = self.store.find(prompt_id, str(number_of(body.base)))
        draft = Keeping(self.unit, actor).draft(body.file, actor.id, body.note)
        if draft.prompt.header.name != row.name:
            raise Conflict(f"This prompt is called {row.name}. A change keeps its name.")
        if self.store.text(base.sha256) == draft.file:
            raise Conflict(f"Nothing differs from {body.base}.")
        parsed(draft.prompt.body)
        change = ChangeRequestRow(id=new_id(), prompt_id=prompt_id, author_id=actor.id)
        change.base, change.sha256 = body.base, self.store.put_text(draft.file)
        change.note, change.state, change.created = body.note, "open", now()
        change.reason = ""
        self.unit.session.add(change)
        self.unit.session.flush()
        self.unit.emit(PromptChangeProposed(prompt_id, actor.id, change.id))
        return self._proposed(actor, change)

    def accept(
        self, actor: Actor, prompt_id: UUID, change_id: UUID, body: ChangeAcceptance
    ) -> ChangeRequest:
        """Make a version of a proposed change, its author being who proposed it.

        409 where there is a newer version than that which it is for; the message says what
        differs.
        """
        row = self.store.allowed(actor, prompt_id, PromptAction.EDIT, lock=True)
        change = self._open(prompt_id, change_id)
        keeping = Keeping(self.unit, actor)
        draft = keeping.draft(self.store.text(change.sha256), change.author_id, change.note)
        version = keeping.add(row, draft, body.number, change.base)
        change.number = str(number_of_row(version))
        return self._decided(actor, change, "accepted", "")

    def decline(
        self, actor: Actor, prompt_id: UUID, change_id: UUID, body: ChangeRefusal
    ) -> ChangeRequest:
        """Decline a proposed change, and say why."""
        self.store.allowed(actor, prompt_id, PromptAction.EDIT, lock=True)
        return self._decided(actor, self._open(prompt_id, change_id), "declined", body.reason)

    def withdraw(self, actor: Actor, prompt_id: UUID, change_id: UUID) -> ChangeRequest:
        """Take back what one proposed."""
        self.store.allowed(actor, prompt_id, PromptAction.SEE, lock=True)
        change = self._found(prompt_id, change_id)
        if change.author_id != actor.id:
            raise Forbidden("Only who proposed a change can withdraw it. Decline it instead.")
        return self._decided(actor, self._open(prompt_id, change_id), "withdrawn", "")

    def _found(self, prompt_id: UUID, change_id: UUID) -> ChangeRequestRow:
        row = self.unit.session.get(ChangeRequestRow, change_id)
        if row is None or row.prompt_id != prompt_id:
            raise NotFound("There is no such change request.")
        return row

    def _open(self, prompt_id: UUID, change_id: UUID) -> ChangeRequestRow:
        row = self._found(prompt_id, change_id)
        if row.state != "open":
            raise Conflict(f"This change was {row.state} already.")
        return row

    def _decided(
        self, actor: Actor, row: ChangeRequestRow, state: ChangeState, reason: str
    ) -> ChangeRequest:
        row.state, row.reason = state, reason
        row.decided, row.decided_by = now(), actor.id
        self.unit.session.flush()
        self.unit.emit(PromptChangeDecided(row.prompt_id, actor.id, row.id, state))
        return self._views(actor, [row])[0]

    def _proposed(self, actor: Actor, row: ChangeRequestRow) -> ProposedChange:
        base = self.store.find(row.prompt_id, row.base)
        file = self.store.text(row.sha256)
        names = (row.base, row.number or "")
        diff = compare(parse(self.store.text(base.sha256)), parse(file), names)
        return ProposedChange(self._views(actor, [row])[0], file, diff)

    def _views(self, actor: Actor, rows: list[ChangeRequestRow]) -> list[ChangeRequest]:
        views = PromptViews(self.unit.session, actor)
        people = views.people(id_ for row in rows for id_ in (row.author_id, row.decided_by))
        return [
            msgspec.convert(
                {
                    "author": people[row.author_id],
                    "is_mine": row.author_id == actor.id,
                    "decided_by": people.get(row.decided_by),
                }
                | {name: getattr(row, name) for name in _AS_STORED},
                ChangeRequest,
            )
            for row in rows
        ]


_AS_STORED = ("id", "base", "note", "state", "created", "decided", "reason", "number")
