"""The socket of a room: who may come in, and what they may send."""

import asyncio
from collections.abc import Awaitable
from typing import Any, ClassVar

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server_ydoc.handlers import YDocWebSocketHandler
from jupyter_server_ydoc.rooms import TransientRoom
from jupyter_server_ydoc.utils import room_id_from_encoded_path
from pycrdt import YMessageType
from tornado.web import HTTPError

from jupyter_wove_server.rooms import frames
from jupyter_wove_server.rooms.awareness import forget, tells_nothing_new, who_is_there, who_speaks
from jupyter_wove_server.rooms.closing import close_later
from jupyter_wove_server.rooms.execution import is_running
from jupyter_wove_server.rooms.frames import Kind
from jupyter_wove_server.rooms.listening import keep_listening
from jupyter_wove_server.rooms.member import Member
from jupyter_wove_server.rooms.rights import Standing, Watch, standing_in
from jupyter_wove_server.rooms.side_room import SideRoom, open_side
from jupyter_wove_server.rooms.sides import is_side
from jupyter_wove_server.serving import Serving

LOOKS_AGAIN = 60.0  # seconds, whether a cell still runs in a room in which nobody is
MOST_IN_A_ROW = 16  # messages of one person, before it is the turn of others
LARGEST = 128 * 1024**2  # bytes of one message; upstream takes a gigabyte


class RoomHandler(Member, YDocWebSocketHandler):  # type: ignore[misc]
    """Serves one person in one document.

    They are let in before there is a room, a file loader or a watcher, and no further than their
    role goes: what they may not change is dropped, frame by frame.
    """

    serving: ClassVar[Serving]
    watch = Watch()
    _was_refused = False
    _in_a_row = 0
    _client: int | None = None  # as which the others know this person's browser tab

    async def prepare(self) -> None:
        """Find out who it is and whether they may come in, and only then open the room."""
        await super(YDocWebSocketHandler, self).prepare(_redirect_to_login=False)
        if self.current_user is None:
            raise HTTPError(403)
        self._room_id = room_id_from_encoded_path(self.request.path)
        self.standing = await self.find_standing()
        if not self.standing.may_enter:
            raise HTTPError(403)
        if is_side(self._room_id):
            await open_side(self._websocket_server, self._room_locks, self._room_id)
        await super().prepare()
        if isinstance(self.room, TransientRoom):
            self.room.on_message = self._is_no_news

    async def find_standing(self) -> Standing:
        """Find what the person may do here now."""
        return await standing_in(self, self._room_id, self._file_id_manager)

    def check_origin(self, origin: str = "") -> bool:
        """Refuse pages of other sites, which upstream lets in."""
        return JupyterHandler.check_origin(self, origin)

    @property
    def max_message_size(self) -> int:
        """Limit a message, in bytes."""
        return LARGEST

    def get_compression_options(self) -> None:
        """Compress nothing: a frame is the same for everybody."""

    async def open(self, room_id: str) -> None:
        """Serve somebody; what they type is sent at once, for TCP would wait for more of it.

        Others say that they are there four times a minute; a newcomer hears of them at once.
        """
        self.set_nodelay(True)
        keep_listening(self.ws_connection.stream)
        await super().open(room_id)
        self.watch.add(self)
        self.push(frames.on_the_wire(who_is_there(self.room.awareness)))

    def on_close(self) -> None:
        """Let go of the person, and of the room where nobody is left in it."""
        self.watch.discard(self)
        super().on_close()
        self._take_leave()
        if isinstance(self.room, SideRoom) and self.room.clients <= {self}:
            close_later(self._websocket_server, self._room_locks, self.room, self._cleanup_delay)

    def on_message(self, message: Any) -> Awaitable[None] | None:
        """Take a message, if it is one and the person may say it.

        What is done at once leaves nothing to wait for, and tornado no task to make.
        """
        if not isinstance(message, bytes):
            message = b""
        kind = frames.kind_of(message)
        if kind is Kind.PRESENCE and self._client is None:
            self._client = who_speaks(message)
        if kind is Kind.MALFORMED:
            self.malformed()
        elif kind in (Kind.CHANGE, Kind.OTHER) and not self.standing.may_edit:
            self._refuse(message)
        elif kind is Kind.OTHER or not self.hand_on(message):
            waiting: Awaitable[None] = super().on_message(message)
            return waiting
        self._in_a_row = (self._in_a_row + 1) % MOST_IN_A_ROW
        return None if self._in_a_row else asyncio.sleep(0)

    async def _clean_room(self) -> None:
        """Close the room of a document in which nobody is, once no cell of it runs any more."""
        file_id = self._room_id.split(":", 2)[2]
        while await is_running(self, self._file_id_manager.get_path(file_id)):  # noqa: ASYNC110
            await asyncio.sleep(LOOKS_AGAIN)  # a kernel calls nobody
        await super()._clean_room()

    def _take_leave(self) -> None:
        """Tell the others that this person has gone, which a page that closes cannot."""
        others = [each for each in self.room.clients - {self} if isinstance(each, RoomHandler)]
        client, present = self._client, self.room.awareness
        is_back = any(each._client == client for each in others)
        if client is not None and client in present.states and not is_back:
            frame = frames.on_the_wire(forget(client, present))
            for each in others:
                each.push(frame)

    def _refuse(self, message: bytes) -> None:
        if self._was_refused or frames.changes_nothing(message):
            return
        self._was_refused = True
        self.tell(frames.refused(f"You are a {self.standing.role} here: you can only read."))

    def _is_no_news(self, message: bytes) -> bool:
        is_presence = message[0] == YMessageType.AWARENESS
        return is_presence and tells_nothing_new(message, self.room.awareness)
