"""The socket of a room: who may come in, what they may send, and what they are told."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar

import msgspec
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server_ydoc.handlers import YDocWebSocketHandler
from jupyter_server_ydoc.utils import room_id_from_encoded_path
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from jupyter_wove_server.rooms import frames
from jupyter_wove_server.rooms.frames import Kind
from jupyter_wove_server.rooms.rights import OUTSIDE, Standing, Watch, standing_in
from jupyter_wove_server.serving import Serving

LARGEST = 128 * 1024**2  # bytes of one message; upstream takes a gigabyte


class RoomHandler(YDocWebSocketHandler):  # type: ignore[misc]
    """Serves one person in one document.

    They are let in before there is a room, a file loader or a watcher, and no further than their
    role goes: what they may not change is dropped, frame by frame.
    """

    serving: ClassVar[Serving]
    watch = Watch()
    standing = OUTSIDE
    taken = 0  # how many of their changes are in the document
    _told = 0  # of how many they know that these are on disk
    _is_change = False
    _was_refused = False
    _on_taken: Callable[[], None] = staticmethod(lambda: None)

    async def prepare(self) -> None:
        """Find out who it is and whether they may come in, and only then open the room."""
        await super(YDocWebSocketHandler, self).prepare(_redirect_to_login=False)
        if self.current_user is None:
            raise HTTPError(403)
        self._room_id = room_id_from_encoded_path(self.request.path)
        self.standing = await self.find_standing()
        if not self.standing.may_enter:
            raise HTTPError(403)
        await super().prepare()

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
        """Serve somebody; what they type is sent at once, for TCP would wait for more of it."""
        self.set_nodelay(True)
        await super().open(room_id)
        self.watch.add(self)

    def on_close(self) -> None:
        """Let go of the person, and of the room where nobody is left in it."""
        self.watch.discard(self)
        super().on_close()

    # ------------------------------------------------------------------ what comes in

    async def on_message(self, message: Any) -> None:
        """Take a message, if it is one and the person may say it."""
        if not isinstance(message, bytes):
            message = b""
        kind = frames.kind_of(message)
        if kind is Kind.MALFORMED:
            self.close(frames.MALFORMED, "This message cannot be read.")
        elif kind in (Kind.CHANGE, Kind.OTHER) and not self.standing.may_edit:
            self._refuse(message)
        else:
            await super().on_message(message)

    def _refuse(self, message: bytes) -> None:
        if self._was_refused or frames.changes_nothing(message):
            return
        self._was_refused = True
        self.tell(frames.refused(f"You are a {self.standing.role} here: you can only read."))

    async def __anext__(self) -> bytes:
        if self._is_change:
            self._is_change = False
            self.taken += 1
            self._on_taken()
        message: bytes = await super().__anext__()
        self._is_change = frames.kind_of(message) is Kind.CHANGE
        return message

    # ------------------------------------------------------------------ what goes out

    def push(self, frame: bytes) -> None:
        """Send a frame that is made already, unless they have just gone.

        Tornado's own way frames the message for each person, and makes a task for each.
        """
        connection: Any = self.ws_connection
        if connection is not None and not connection.is_closing():
            with suppress(StreamClosedError):
                connection.stream.write(frame)

    def welcome(self, epoch: str, on_taken: Callable[[], None]) -> bool:
        """Say which history this is; refuse who comes with another one."""
        known = self.get_query_argument("epoch", "")
        if known and known != epoch:
            self.replaced()
            return False
        self._on_taken = on_taken
        self.tell(frames.welcome(epoch, self.standing.role))
        return True

    def tell(self, message: bytes) -> None:
        """Send a message that only our own front end understands."""
        if self.get_query_argument("wove", ""):
            self.push(frames.on_the_wire(message))

    def tell_stored(self, state: bytes, taken: int) -> None:
        """Say that their changes are on disk, so many of them."""
        if taken == 0 or taken > self._told:
            self._told = taken
            self.tell(frames.stored(state, taken))

    def replaced(self) -> None:
        """End the connection, for what they have belongs to another history."""
        self._leave(frames.REPLACED, "replaced")

    def role_changed(self) -> None:
        """End the connection; they find out on their next one what they may do now."""
        self._leave(frames.CHANGED_ROLE, "role")

    def _leave(self, code: int, reason: str) -> None:
        self.close(code, msgspec.json.encode({"reason": reason}).decode())
