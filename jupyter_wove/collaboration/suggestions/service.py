"""What can be done with suggestions: begin, see, accept, reject, undo, withdraw."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from pycrdt import Doc

from jupyter_wove.accounts import AccountStore, Actor, PersonRef, Role
from jupyter_wove.collaboration.live import Live
from jupyter_wove.collaboration.suggestions.content import Content, Wish, digest_of
from jupyter_wove.collaboration.suggestions.deciding import (
    Back,
    caught_up,
    chosen,
    proposed,
    refused,
    settled,
    take,
    unsettled,
)
from jupyter_wove.collaboration.suggestions.models import (
    Decided,
    NewSuggestion,
    Suggestion,
    SuggestionAccepted,
    SuggestionEvent,
    SuggestionRejected,
    SuggestionUndecided,
    SuggestionWithdrawn,
    Verdict,
)
from jupyter_wove.collaboration.suggestions.sheet import announce, content_of
from jupyter_wove.collaboration.suggestions.showing import changes, revision_of_all
from jupyter_wove.collaboration.suggestions.store import SuggestionStore
from jupyter_wove.collaboration.suggestions.tables import DecisionRow, SuggestionRow
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Conflict, Forbidden, NotFound
from jupyter_wove.kit.paths import checked
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import Projects

NOTED_EVERY = timedelta(seconds=30)
KEPT = timedelta(days=7)  # after a suggestion was closed
STILL_THERE = timedelta(minutes=3)  # since an author was last heard of, whose tab may sleep


class Suggestions:
    """Changes that somebody proposes for a document, and that its editors accept or reject."""

    def __init__(self, units: Units, live: Live, projects: Projects) -> None:
        self.units = units
        self.live = live
        self.projects = projects

    def all(self, actor: Actor, path: str) -> list[Suggestion]:
        """List the open suggestions for a file, oldest first."""
        role = self._role(actor, str(checked(path)))
        room = self.live.room_of(path)
        with self.units.read() as unit:
            rows = SuggestionStore(unit.session).open_in(room)
        return [self._view(actor, row, path, role) for row in rows]

    def begin(self, actor: Actor, body: NewSuggestion) -> Suggestion:
        """Begin a suggestion for a file, or go on with the open one of the same person."""
        role = self._role(actor, str(checked(body.path)))
        _demand(role, Role.COMMENTER, "suggest changes to")
        row = self._begun(actor, body.path, body.note, "")
        return self.sync(actor, row.id)

    def propose(self, actor: Actor, path: str, agent: str, wanted: Sequence[Wish]) -> Suggestion:
        """Have an agent suggest changes on somebody's behalf, beside what it suggested before.

        409 where others changed the same lines since the agent saw them; then nothing changes.
        """
        role = self._role(actor, str(checked(path)))
        _demand(role, Role.COMMENTER, "suggest changes to")
        row = self._caught_up(self._begun(actor, path, "", agent))
        current = self._content(row, row.room)
        self.live.edit(
            side_of(row), lambda doc: proposed(row.room, doc, current, wanted), str(actor.id)
        )
        return self._view(actor, self._told(row), path, role)

    def sync(self, actor: Actor, suggestion_id: UUID) -> Suggestion:
        """Take into one's suggestion what others did meanwhile, and tell them what is in it."""
        row, path, role = self._found(actor, suggestion_id)
        _demand(role, Role.COMMENTER, "suggest changes to")
        if row.author_id != actor.id or row.agent:
            raise Forbidden("Only its author can go on with a suggestion.")
        if row.is_open:
            row = self._caught_up(row)
        return self._view(actor, row, path, role)

    def wanted(self, actor: Actor, suggestion_id: UUID) -> Content:
        """Read the document as a suggestion would have it."""
        row, _, _ = self._found(actor, suggestion_id)
        return self._fork(row)

    def accept(self, actor: Actor, suggestion_id: UUID, body: Verdict) -> Decided:
        """Bring suggested changes into the document, and leave all else as it is.

        409 where others changed the same lines meanwhile; then none of them is accepted.
        """
        return self._accepted(actor, suggestion_id, body, is_automatic=False)

    def take_over(self, actor: Actor, suggestion_id: UUID, body: Verdict) -> Decided:
        """Accept what an agent suggests at once, where the person lets it do so."""
        return self._accepted(actor, suggestion_id, body, is_automatic=True)

    def _accepted(
        self, actor: Actor, suggestion_id: UUID, body: Verdict, *, is_automatic: bool
    ) -> Decided:
        row, path, role = self._found(actor, suggestion_id)
        _demand(role, Role.EDITOR, "accept suggestions for")
        _demand_open(row)
        wanted = chosen(_base(row), self._fork(row), body.changes)
        edits = self._edit(row.room, row.room, wanted, actor, anyway=body.anyway)
        landed = {each.cell: digest_of(each.base) for each in edits}

        def told(decision_id: UUID) -> SuggestionEvent:
            about = _about(row, actor)
            return SuggestionAccepted(*about, decision_id, landed, is_automatic)

        return self._decided(actor, row.id, (path, role), (edits, wanted), told)

    def reject(self, actor: Actor, suggestion_id: UUID, body: Verdict) -> Decided:
        """Take changes out of a suggestion: its author may, and who edits the document."""
        row, path, role = self._found(actor, suggestion_id)
        if row.author_id != actor.id:
            _demand(role, Role.EDITOR, "reject suggestions for")
        _demand_open(row)
        base = _base(row)
        unwanted = chosen(base, self._fork(row), body.changes)
        edits = self.live.edit(
            side_of(row), lambda doc: refused(row.room, doc, base, unwanted), str(actor.id)
        )
        cells = list(body.changes)

        def told(decision_id: UUID) -> SuggestionEvent:
            return SuggestionRejected(*_about(row, actor), decision_id, cells)

        return self._decided(actor, row.id, (path, role), (edits, None), told)

    def undo(self, actor: Actor, suggestion_id: UUID, decision_id: UUID) -> Suggestion:
        """Take a decision back; 409 where others changed the same lines since.

        The changes wait to be decided again.
        """
        row, path, role = self._found(actor, suggestion_id)
        with self.units.read() as unit:
            made = SuggestionStore(unit.session).decision(row.id, decision_id)
        if made.is_accepted or row.author_id != actor.id:
            _demand(role, Role.EDITOR, "decide on suggestions for")
        back = msgspec.json.decode(made.back, type=Back)
        target = row.room if made.is_accepted else side_of(row)
        is_done = _base(row) == self._fork(row)
        self._edit(row.room, target, back.edits, actor, anyway=False)
        with self.units.write() as unit:
            store = SuggestionStore(unit.session)
            row = store.get(row.id)
            row.is_open = row.is_open or is_done  # what was discarded stays so
            row.base = msgspec.json.encode(unsettled(_base(row), back.base))
            unit.session.delete(store.decision(row.id, decision_id))
            unit.emit(SuggestionUndecided(*_about(row, actor), decision_id))
        return self._view(actor, self._told(row), path, role)

    def withdraw(self, actor: Actor, suggestion_id: UUID) -> None:
        """Close a suggestion: its author may, and who edits the document."""
        row, _, role = self._found(actor, suggestion_id)
        if row.author_id != actor.id:
            _demand(role, Role.EDITOR, "close suggestions for")
        with self.units.write() as unit:
            closed = SuggestionStore(unit.session).get(row.id)
            closed.is_open, closed.heard = False, now()
            unit.emit(SuggestionWithdrawn(*_about(row, actor)))
        self.live.edit(row.room, announce)

    def may_write(self, actor: Actor, suggestion_id: UUID, file_id: str) -> bool:
        """Tell whether somebody may edit a suggestion in its room. Raises NotFound."""
        with self.units.read() as unit:
            row = SuggestionStore(unit.session).look(suggestion_id)
        if row is None or _file_id(row) != file_id:
            raise NotFound("There is no such suggestion.")
        if not row.is_open or row.author_id != actor.id or row.agent:
            return False
        role = self.projects.role_around(actor, self.live.path_of(row.room))
        return role is None or role >= Role.COMMENTER

    # ------------------------------------------------------------------ who

    def _role(self, actor: Actor, path: str) -> Role:
        """Find what somebody is; who works where there is no project may do all."""
        role = self.projects.role_around(actor, path)
        if role is not None and role < Role.VIEWER:
            raise NotFound("There is no such file, or it is not shared with you.")
        return Role.OWNER if role is None else role

    def _found(self, actor: Actor, suggestion_id: UUID) -> tuple[SuggestionRow, str, Role]:
        with self.units.read() as unit:
            row = SuggestionStore(unit.session).look(suggestion_id)
        if row is None:
            raise NotFound("There is no such suggestion, or it is not shared with you.")
        path = self.live.path_of(row.room)
        return row, path, self._role(actor, path)

    # ------------------------------------------------------------------ what is kept

    def _begun(self, actor: Actor, path: str, note: str, agent: str) -> SuggestionRow:
        """Find what somebody, or an agent of theirs, suggests for a file already; or begin."""
        room = self.live.room_of(path)
        row = self._open_of(actor, room, agent)
        if row is None:
            state = self.live.read(room, _state)
            row = self._row(actor, room, note, content_of(room, state))
            row.agent = agent
            side = side_of(row)
            self.live.edit(side, lambda doc: doc.apply_update(state), str(actor.id))
            self._store(row)
        return row

    def _open_of(self, actor: Actor, room: str, agent: str) -> SuggestionRow | None:
        with self.units.read() as unit:
            rows = SuggestionStore(unit.session).open_in(room)
        return next((row for row in rows if (row.author_id, row.agent) == (actor.id, agent)), None)

    def _row(self, actor: Actor, room: str, note: str, base: Content) -> SuggestionRow:
        row = SuggestionRow(id=new_id(), room=room, author_id=actor.id, note=note)
        row.created = row.heard = now()
        row.is_open, row.revision, row.base = True, "", msgspec.json.encode(base)
        return row

    def _store(self, row: SuggestionRow) -> None:
        with self.units.write() as unit:
            unit.session.add(row)

    def _caught_up(self, row: SuggestionRow) -> SuggestionRow:
        base, current = _base(row), self._content(row, row.room)
        taken: list[Wish] = []
        if current != base:
            taken = self.live.edit(
                side_of(row), lambda doc: caught_up(row.room, doc, base, current)
            )
        if taken or now() - row.heard > NOTED_EVERY:
            with self.units.write() as unit:
                row = SuggestionStore(unit.session).get(row.id)
                row.heard = now()
                row.base = msgspec.json.encode(settled(_base(row), taken)[0])
        return self._told(row)

    def _decided(
        self,
        actor: Actor,
        suggestion_id: UUID,
        place: tuple[str, Role],
        done: tuple[list[Wish], list[Wish] | None],
        told: Callable[[UUID], SuggestionEvent],
    ) -> Decided:
        """Keep a decision with what would undo it; close where nothing is left to decide."""
        edits, accepted = done
        with self.units.write() as unit:
            row = SuggestionStore(unit.session).get(suggestion_id)
            base, back = settled(_base(row), accepted or [])
            made = DecisionRow(id=new_id(), suggestion_id=row.id, person_id=actor.id, at=now())
            made.is_accepted = accepted is not None
            made.back = msgspec.json.encode(Back(edits, back))
            row.base = msgspec.json.encode(base)
            unit.session.add(made)
            unit.emit(told(made.id))
        view = self._view(actor, self._told(row), *place)
        if not view.changes and (row.agent or now() - row.heard > STILL_THERE):
            self.withdraw(actor, row.id)
            view.is_open = False
        return Decided(made.id, view)

    def _told(self, row: SuggestionRow) -> SuggestionRow:
        """Have those who have the document open look again, if there is something new."""
        found = revision_of_all(_base(row), self._fork(row))
        if found == row.revision:
            return row
        with self.units.write() as unit:
            row = SuggestionStore(unit.session).get(row.id)
            row.revision = found
        self.live.edit(row.room, announce)
        return row

    # ------------------------------------------------------------------ what it says

    def _fork(self, row: SuggestionRow) -> Content:
        return self._content(row, side_of(row))

    def _content(self, row: SuggestionRow, room: str) -> Content:
        """Read a document; its bytes in its room, and all that takes long in this thread."""
        return content_of(row.room, self.live.read(room, _state))

    def _edit(
        self, kind: str, room: str, wanted: Sequence[Wish], actor: Actor, *, anyway: bool
    ) -> list[Wish]:
        return self.live.edit(room, lambda doc: take(kind, doc, wanted, anyway), str(actor.id))

    def _view(self, actor: Actor, row: SuggestionRow, path: str, role: Role) -> Suggestion:
        with self.units.read() as unit:
            author = AccountStore(unit.session).person(row.author_id)
        return Suggestion(
            id=row.id,
            path=path,
            room=side_of(row),
            author=PersonRef(author.handle, author.name),
            agent=row.agent,
            is_mine=row.author_id == actor.id,
            may_accept=role >= Role.EDITOR,
            is_open=row.is_open,
            note=row.note,
            created=row.created,
            changes=changes(_base(row), self._fork(row)),
        )


def forget_closed(units: Units, forget: Callable[[str], None]) -> None:
    """Forget what was closed a week ago, with what was typed in its rooms."""
    with units.write() as unit:
        store = SuggestionStore(unit.session)
        over = store.closed_before(now() - KEPT)
        store.delete(over)
    for row in over:
        forget(side_of(row))


def side_of(row: SuggestionRow) -> str:
    """Name the room in which a suggestion is edited."""
    return f"wove:suggestion:{_file_id(row)}:{row.id}"


def _about(row: SuggestionRow, actor: Actor) -> tuple[UUID, str, str, UUID, datetime]:
    return row.id, row.agent, row.room, actor.id, now()


def _file_id(row: SuggestionRow) -> str:
    return row.room.split(":", 2)[2]


def _base(row: SuggestionRow) -> Content:
    return msgspec.json.decode(row.base, type=Content)


def _state(doc: "Doc[Any]") -> bytes:
    return doc.get_update()


def _demand(role: Role, least: Role, what: str) -> None:
    if role < least:
        raise Forbidden(f"You may not {what} this document. Ask one of its project's owners.")


def _demand_open(row: SuggestionRow) -> None:
    if not row.is_open:
        raise Conflict("This suggestion is closed already.")
