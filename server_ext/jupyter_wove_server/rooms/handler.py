"""The socket of a room."""

from jupyter_server.utils import ensure_async
from jupyter_server_ydoc.handlers import YDocWebSocketHandler
from tornado.web import HTTPError

LARGEST = 128 * 1024**2  # bytes of one message; upstream takes a gigabyte


class RoomHandler(YDocWebSocketHandler):  # type: ignore[misc]
    """Lets in who may see the document, before there is a room, a file loader or a watcher."""

    async def prepare(self) -> None:
        """Find out who it is and whether they may come in, and only then open the room."""
        await ensure_async(super(YDocWebSocketHandler, self).prepare())
        if self.current_user is None:
            raise HTTPError(403)
        allowed = self.authorizer.is_authorized(self, self.current_user, "read", "contents")
        if not await ensure_async(allowed):
            raise HTTPError(403)
        await super().prepare()

    @property
    def max_message_size(self) -> int:
        """Limit a message, in bytes."""
        return LARGEST

    async def open(self, room_id: str) -> None:
        """Serve somebody; what they type is sent at once, for TCP would wait for more of it."""
        self.set_nodelay(True)
        await super().open(room_id)
