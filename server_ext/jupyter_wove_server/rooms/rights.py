"""Who may do what in which document, asked again while they are in it."""

import asyncio
from typing import Any, NamedTuple, Protocol

from jupyter_server.utils import ensure_async
from jupyter_server_ydoc.handlers import YDocWebSocketHandler
from jupyter_server_ydoc.utils import decode_file_path
from tornado.web import HTTPError

from jupyter_wove.kit.errors import NotFound, WoveError
from jupyter_wove.kit.logs import log
from jupyter_wove_server.rooms.sides import WRITERS, Side, is_side, side_of
from jupyter_wove_server.serving import Serving

LOOKS_AGAIN = 3.0  # seconds

_log = log(__name__)


class Standing(NamedTuple):
    """What somebody may do in a document; `role` is the word for it, `person` their id."""

    role: str
    may_enter: bool
    may_edit: bool
    person: str = ""


class Guest(Protocol):
    """Somebody who is in a document."""

    standing: Standing
    current_user: Any
    path: str

    async def find_standing(self) -> Standing:
        """Find what they may do now."""

    def role_changed(self) -> None:
        """End their connection."""


OUTSIDE = Standing("none", may_enter=False, may_edit=False)
EDITS = Standing("editor", may_enter=True, may_edit=True)


async def standing_in(handler: YDocWebSocketHandler, room_id: str, file_ids: Any) -> Standing:
    """Find what somebody may do in a room: by their role in its project, and by Jupyter's rules.

    Raises HTTPError 404 where the room is that of no file.
    """
    if not await _allows(handler, "read"):
        return OUTSIDE
    may_write = await _allows(handler, "write")
    if room_id.count(":") < 2:  # noqa: PLR2004 — no document: who is in JupyterLab
        return EDITS
    side = side_of(room_id) if is_side(room_id) else None
    if is_side(room_id) and side is None:
        raise HTTPError(404, "There is no such room.")
    path = file_ids.get_path(side.file_id if side else decode_file_path(room_id)[2])
    if path is None:
        raise HTTPError(404, "There is no such file any more.")
    try:
        found = await _in_project(handler, path, side)
    except NotFound as error:
        raise HTTPError(404, str(error)) from error
    return found if may_write else _only_reads(found)


def _only_reads(standing: Standing) -> Standing:
    role = standing.role if standing.role == "commenter" else "viewer"
    return standing._replace(role=role, may_edit=False)


async def _allows(handler: YDocWebSocketHandler, action: str) -> bool:
    user = handler.current_user
    allowed = handler.authorizer.is_authorized(handler, user, action, "contents")
    return bool(await ensure_async(allowed))


async def _in_project(handler: YDocWebSocketHandler, path: str, side: Side | None) -> Standing:
    serving: Serving = handler.serving
    provider, user = handler.identity_provider, handler.current_user

    def find() -> Standing:
        # All of Wove is loaded with the first document, and not with the server.
        from jupyter_wove.accounts import Role  # noqa: PLC0415
        from jupyter_wove.projects import Projects  # noqa: PLC0415
        from jupyter_wove_server.identity import actor_of  # noqa: PLC0415

        actor = actor_of(serving.wove, provider, user)
        with serving.wove.call(actor, writes=False) as call:
            projects: Projects = call.of(Projects)
            role = projects.role_around(actor, path)
            may_edit = role is None or role >= Role.EDITOR
            if side is not None:
                may_edit = WRITERS[side.kind](call, actor, side)
        name = EDITS.role if role is None else role.name.lower()
        if side is not None and side.kind == "suggestion":
            name = EDITS.role if may_edit else Role.VIEWER.name.lower()
        return Standing(name, role is None or role >= Role.VIEWER, may_edit, str(actor.id))

    return await serving.look(find)


class Watch:
    """Looks again and again whether those who are in a document may still be there."""

    def __init__(self) -> None:
        self._open: set[Guest] = set()
        self._looking: asyncio.Task[None] | None = None

    def add(self, guest: Guest) -> None:
        """Watch over somebody."""
        self._open.add(guest)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())

    def discard(self, guest: Guest) -> None:
        """Watch over somebody no more."""
        self._open.discard(guest)

    async def _look(self) -> None:
        while self._open:
            await asyncio.sleep(LOOKS_AGAIN)
            found: dict[tuple[str, str], Standing | None] = {}  # of each person, once
            for guest in list(self._open):
                who = (guest.standing.person or guest.current_user.username, guest.path)
                if who not in found:
                    found[who] = await self._standing_of(guest)
                if found[who] != guest.standing:
                    guest.role_changed()

    async def _standing_of(self, guest: Guest) -> Standing | None:
        try:
            return await guest.find_standing()
        except HTTPError:
            return None
        except WoveError as error:
            _log.warning("rights could not be looked up", reason=str(error))
            return guest.standing
