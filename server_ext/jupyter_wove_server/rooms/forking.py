"""Upstream's copies and timelines of documents, which ask nobody's role in a project: with it."""

from typing import Any

from jupyter_server_ydoc import handlers
from tornado.web import HTTPError

from jupyter_wove_server.rooms.handler import RoomHandler
from jupyter_wove_server.rooms.rights import standing_in
from jupyter_wove_server.serving import Serving


class Guarded(handlers.APIHandler):  # type: ignore[misc]
    """Lets in who may edit the document; each of these can change it, or holds it for ever."""

    @property
    def serving(self) -> Serving:
        """Find Wove."""
        return RoomHandler.serving

    async def prepare(self) -> None:
        """Refuse who may not edit the document, before anything is made."""
        await super().prepare()
        if self.current_user is None or self._finished:
            return  # upstream says who has to sign in
        room = self.room_of(self.path_args[0])
        if room is not None:
            standing = await standing_in(self, room, self.settings["file_id_manager"])
            if not standing.may_edit:
                raise HTTPError(403, "Only who may edit this document can do that.")

    def room_of(self, named: str) -> str | None:
        """Find the document that an address is about; None where there is none."""
        return named


class ForkHandler(Guarded, handlers.DocForkHandler):  # type: ignore[misc]
    """Makes copies of a document, and merges them."""

    def room_of(self, named: str) -> str | None:
        """Find the document of a copy; or it is named itself."""
        fork: dict[str, Any] | None = handlers.FORK_ROOMS.get(named)
        if fork is None and ":" not in named:
            return None
        return str(fork["root_roomid"]) if fork else named


class TimelineHandler(Guarded, handlers.TimelineHandler):  # type: ignore[misc]
    """Tells the steps in which a document was made."""

    def room_of(self, named: str) -> str | None:
        """Find the document of a path."""
        file_id = self.settings["file_id_manager"].get_id(named)
        return None if file_id is None else f"text:file:{file_id}"


class UndoRedoHandler(Guarded, handlers.UndoRedoHandler):  # type: ignore[misc]
    """Goes back in a document."""
