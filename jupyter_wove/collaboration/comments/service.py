"""What can be done with comments: begin a thread, reply, change, delete, settle."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args
from uuid import UUID

import msgspec

from jupyter_wove.accounts import AccountStore, Actor, PersonRef, Role
from jupyter_wove.collaboration.comments import document
from jupyter_wove.collaboration.comments.anchors import Content, find, mark
from jupyter_wove.collaboration.comments.models import (
    Anchor,
    Author,
    CommentMentioned,
    Discussion,
    Located,
    Message,
    NewMessage,
    NewThread,
    Resolution,
    Thread,
)
from jupyter_wove.collaboration.live import Live
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Forbidden, InvalidRequest, NotFound
from jupyter_wove.kit.paths import checked
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import Projects, ProjectStore, RoleName

if TYPE_CHECKING:
    from pycrdt import Doc

MOST_MENTIONS = 20
ROLES = {Role[name.upper()]: name for name in get_args(RoleName)}

_MENTION = re.compile(r"(?<![\w@/.`])@(\w(?:[\w.-]*\w)?)")


class Comments:
    """What people say about files; only the server writes it down, so nobody signs for another."""

    def __init__(self, units: Units, live: Live, projects: Projects) -> None:
        self.units = units
        self.live = live
        self.projects = projects

    def all(self, actor: Actor, path: str) -> Discussion:
        """List the threads about a file, and where in it each belongs now."""
        role = self._role(actor, path, Role.VIEWER)
        room, side = self._rooms(path)
        threads = self.live.read(side, document.threads)
        content = self.live.read(room, lambda doc: document.content(room, doc))
        located = [Located(each, find(each.anchor, content)) for each in threads]
        return Discussion(side, ROLES[role], located)

    def begin(self, actor: Actor, path: str, body: NewThread) -> Thread:
        """Begin a thread about a cell, words, or a whole file."""
        self._role(actor, path, Role.COMMENTER)
        room, side = self._rooms(path)
        content = self.live.read(room, lambda doc: document.content(room, doc))
        said, people = self._message(actor, path, body.text)
        begun = Thread(new_id(), _anchor(content, body), said.created, None, [said])
        self.live.edit(side, lambda doc: document.begin(doc, begun), str(actor.id))
        self._call(actor, path, begun.id, said, people)
        return begun

    def reply(self, actor: Actor, thread_id: UUID, path: str, body: NewMessage) -> Thread:
        """Say something in a thread; one that was settled is open again."""
        self._role(actor, path, Role.COMMENTER)
        said, people = self._message(actor, path, body.text)

        def answer(doc: "Doc[Any]") -> None:
            document.add(doc, thread_id, said)
            if document.thread(doc, thread_id).resolved:
                document.settle(doc, thread_id, None)

        thread = self._edit(actor, path, thread_id, answer)
        self._call(actor, path, thread_id, said, people)
        return thread

    def change(
        self, actor: Actor, thread_id: UUID, message_id: UUID, path: str, body: NewMessage
    ) -> Thread:
        """Say it in other words; only its author can."""
        self._role(actor, path, Role.COMMENTER)
        said, people = self._message(actor, path, body.text)
        called: set[str] = set()

        def rewrite(doc: "Doc[Any]") -> None:
            old = document.message(document.thread(doc, thread_id), message_id)
            if old.author.id != actor.id:
                raise Forbidden("Only its author can change a comment.")
            called.update(old.mentions)
            document.change(doc, thread_id, _edited(old, said))

        thread = self._edit(actor, path, thread_id, rewrite)
        fresh = {handle: id_ for handle, id_ in people.items() if handle not in called}
        self._call(actor, path, thread_id, document.message(thread, message_id), fresh)
        return thread

    def remove(self, actor: Actor, thread_id: UUID, message_id: UUID, path: str) -> None:
        """Delete a comment: one's own, or any as an editor; a thread goes with its last one."""
        role = self._role(actor, path, Role.COMMENTER)
        _, side = self._rooms(path)

        def delete(doc: "Doc[Any]") -> None:
            old = document.message(document.thread(doc, thread_id), message_id)
            if old.author.id != actor.id and role < Role.EDITOR:
                raise Forbidden("Only its author or an editor can delete a comment.")
            document.remove(doc, thread_id, message_id)

        self.live.edit(side, delete, str(actor.id))

    def resolve(self, actor: Actor, thread_id: UUID, path: str) -> Thread:
        """Say that a thread is settled."""
        settled = Resolution(PersonRef(actor.handle, actor.name), now())
        return self._settle(actor, path, thread_id, settled)

    def reopen(self, actor: Actor, thread_id: UUID, path: str) -> Thread:
        """Say that a thread is not settled."""
        return self._settle(actor, path, thread_id, None)

    def _settle(
        self, actor: Actor, path: str, thread_id: UUID, settled: Resolution | None
    ) -> Thread:
        self._role(actor, path, Role.COMMENTER)
        return self._edit(
            actor, path, thread_id, lambda doc: document.settle(doc, thread_id, settled)
        )

    def _edit(
        self, actor: Actor, path: str, thread_id: UUID, change: Callable[["Doc[Any]"], None]
    ) -> Thread:
        def changed(doc: "Doc[Any]") -> Thread:
            change(doc)
            return document.thread(doc, thread_id)

        return self.live.edit(self._rooms(path)[1], changed, str(actor.id))

    def _role(self, actor: Actor, path: str, least: Role) -> Role:
        """Find what somebody is where a file lies; in no project, all users of a server edit."""
        role = self.projects.role_around(actor, str(checked(path)))
        if role is Role.NONE:
            raise NotFound("There is no such file, or it is not shared with you.")
        if role is not None and role < least:
            raise Forbidden(f"You are a {role.name.lower()} here: you can only read comments.")
        return Role.EDITOR if role is None else role

    def _rooms(self, path: str) -> tuple[str, str]:
        room = self.live.room_of(path)
        return room, f"wove:comments:{room.split(':', 2)[2]}"

    def _message(self, actor: Actor, path: str, text: str) -> tuple[Message, dict[str, UUID]]:
        author = Author(actor.id, actor.handle, actor.name)
        people = self._people(actor, path, text)
        return Message(new_id(), author, text, now(), None, sorted(people)), people

    def _people(self, actor: Actor, path: str, text: str) -> dict[str, UUID]:
        """Find who is called and may read the file: members of its project, or anybody."""
        handles = list(dict.fromkeys(found.lower() for found in _MENTION.findall(text)))
        if not handles:
            return {}
        project_id = self._project(actor, path)
        with self.units.read() as unit:
            if project_id is None:
                people = AccountStore(unit.session).with_handles(handles[:MOST_MENTIONS])
            else:
                people = [person for _, person in ProjectStore(unit.session).members(project_id)]
            known = {person.handle: person.id for person in people}
        return {each: known[each] for each in handles[:MOST_MENTIONS] if each in known}

    def _project(self, actor: Actor, path: str) -> UUID | None:
        if self.projects.role_around(actor, path) is None:
            return None
        return self.projects.around(actor, path).id

    def _call(
        self, actor: Actor, path: str, thread_id: UUID, said: Message, people: dict[str, UUID]
    ) -> None:
        called = [id_ for id_ in people.values() if id_ != actor.id]
        if not called:
            return
        project_id = self._project(actor, path)
        with self.units.write() as unit:
            for id_ in called:
                unit.emit(CommentMentioned(project_id, path, thread_id, said.id, id_, by=actor.id))


def _anchor(content: Content, body: NewThread) -> Anchor:
    if body.cell is None:
        if body.quote and not isinstance(content, str):
            raise InvalidRequest("quote: name the cell that it is from.")
        return Anchor(None, body.quote)
    if isinstance(content, str):
        raise InvalidRequest("cell: this file has no cells.")
    marked = mark(content, body.cell)
    if marked is None:
        raise NotFound("There is no such cell any more. Reload the document.")
    return Anchor(marked, body.quote)


def _edited(old: Message, said: Message) -> Message:
    return msgspec.structs.replace(
        old, text=said.text, edited=said.created, mentions=said.mentions
    )
