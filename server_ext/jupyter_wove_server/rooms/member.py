"""What a room knows of somebody who is in it: how to tell them something, and what they sent."""

from asyncio import Queue
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
from tornado.iostream import IOStream, StreamClosedError

from jupyter_wove_server.rooms import frames
from jupyter_wove_server.rooms.authors import Author
from jupyter_wove_server.rooms.rights import OUTSIDE, Standing

Take = Callable[[bytes], None]


class Member:
    """Somebody's connection with a room; the socket itself comes with the handler."""

    ws_connection: Any
    current_user: Any
    get_query_argument: Callable[[str, str], str]
    close: Callable[[int, str], None]
    _message_queue: "Queue[bytes]"

    standing: Standing = OUTSIDE
    taken = 0  # how many of their changes are in the document
    _told = 0  # of how many they know that these are on disk
    _take: Take | None = None

    @property
    def author(self) -> Author:
        """Who they are, as the author of what they change."""
        return Author(self.standing.person, self.current_user.username)

    # ------------------------------------------------------------------ what comes in

    async def served(self, take: Take) -> None:
        """Hand on what comes, until they leave: first what came before, then all straight away."""
        self._take = take
        while message := await self._message_queue.get():
            take(message)

    def hand_on(self, message: bytes) -> bool:
        """Hand a message to the room, if it takes messages already and none waits before."""
        if self._take is None or not self._message_queue.empty():
            return False
        self._take(message)
        return True

    # ------------------------------------------------------------------ what goes out

    def push(self, frame: bytes) -> None:
        """Send a frame that is made already, unless they have just gone.

        Tornado's own way frames the message for each person, and makes a task for each.
        """
        connection = self.ws_connection
        if connection is not None and not connection.is_closing():
            _write(connection.stream, frame)

    def welcome(self, epoch: str) -> bool:
        """Say which history this is; refuse who comes with another one."""
        known = self.get_query_argument("epoch", "")
        if known and known != epoch:
            self.replaced()
            return False
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

    def malformed(self) -> None:
        """End the connection, for a message cannot be read."""
        self.close(frames.MALFORMED, "This message cannot be read.")

    def _leave(self, code: int, reason: str) -> None:
        self.close(code, msgspec.json.encode({"reason": reason}).decode())


def _write(stream: IOStream, frame: bytes) -> None:
    """Write to a socket: without tornado's buffer and futures where it takes all at once."""
    sent = 0
    if type(stream) is IOStream and not stream.writing() and not stream.closed():
        with suppress(OSError):  # full, which the buffer is for; or gone, which it finds out too
            sent = stream.socket.send(frame)
    if sent < len(frame):
        with suppress(StreamClosedError):
            stream.write(memoryview(frame)[sent:])
