"""Documents that are open, for operations that work on them as everybody sees them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import PurePosixPath
from typing import Any, TypeVar

from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import ensure_async
from jupyter_server_ydoc.app import YDocExtension
from pycrdt import Doc
from tornado.web import HTTPError

from jupyter_wove.kit.errors import NotFound, Unavailable
from jupyter_wove_server.rooms.closing import begin, close_later, stay
from jupyter_wove_server.rooms.logged import LoggedRoom
from jupyter_wove_server.rooms.room import Room
from jupyter_wove_server.rooms.runs import Runs
from jupyter_wove_server.rooms.side_room import open_side
from jupyter_wove_server.rooms.sides import is_side, side_of

T = TypeVar("T")

LONGEST_SAVE = 3.0  # seconds that an operation waits for a file
KINDS = {".ipynb": "json:notebook", ".chat": "text:chat"}
NO_FILE = "There is no such file any more."


class LiveRooms:
    """Reads and edits documents in their rooms; each method waits, in a worker thread."""

    def __init__(self, server: ServerApp) -> None:
        self._server = server
        self._loop = asyncio.get_event_loop()

    def room_of(self, path: str) -> str:
        """Name the room of a file, by its path below the root. Raises NotFound."""
        return self._wait(self._room_of(path))

    def path_of(self, room: str) -> str:
        """Name the file of a room, or of the document beside which a room is. Raises NotFound."""
        return self._wait(self._path_of(room))

    def is_open(self, path: str) -> bool:
        """Tell whether somebody has a file open, by its path below the root."""
        return self._wait(self._is_open(path))

    def edit(self, room: str, change: Callable[["Doc[Any]"], T], author: str = "") -> T:
        """Change a document in one transaction, as the person with this id.

        Returns what `change` does, once it is on disk. Raises NotFound, and what `change` raises.
        """
        return self._wait(self._edit(room, change, author))

    def read(self, room: str, look: Callable[["Doc[Any]"], T]) -> T:
        """Look at a document as it is now. Raises NotFound, and what `look` raises."""
        return self._wait(self._read(room, look))

    def save(self, room: str) -> None:
        """Have the file of a document written; wait a moment for it, not for ever."""
        self._wait(self._save(room))

    def watch(self, room: str) -> None:
        """Tell of cells of a notebook that are run from now on; needs no wait."""
        self._loop.call_soon_threadsafe(self._watch, room)

    def _watch(self, name: str) -> None:
        Runs.wanted.add(name)
        room = self._rooms.get(name)
        if isinstance(room, LoggedRoom) and name not in Runs.watching:
            Runs.begin(room)

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _room_of(self, path: str) -> str:
        manager: Any = self._server.contents_manager
        if not await ensure_async(manager.file_exists(path)):
            raise NotFound(NO_FILE)
        file_id = self._file_ids.index(path)
        named = (
            name for name in self._rooms if name.endswith(f":{file_id}") and not is_side(name)
        )
        kind = KINDS.get(PurePosixPath(path).suffix, "text:file")
        return next(named, f"{kind}:{file_id}")

    async def _is_open(self, path: str) -> bool:
        extension = self._server.web_app.settings.get("jupyter_server_ydoc")
        if extension is None or extension.disable_rtc:
            return False
        file_id = self._file_ids.get_id(path)
        return any(
            name.endswith(f":{file_id}") and not is_side(name) and isinstance(room, LoggedRoom)
            for name, room in self._rooms.items()
        )

    async def _save(self, name: str) -> None:
        async with self._opened(name) as room:
            if isinstance(room, Room) and (saving := room._save_to_disc()):
                # The room says itself why it could not, and tries again.
                await asyncio.wait({saving}, timeout=LONGEST_SAVE)

    async def _path_of(self, room: str) -> str:
        side = side_of(room)
        path = self._file_ids.get_path(side.file_id if side else room.split(":", 2)[-1])
        if path is None:
            raise NotFound(NO_FILE)
        return str(path)

    async def _edit(self, name: str, change: Callable[["Doc[Any]"], T], author: str) -> T:
        async with self._opened(name) as room:
            result = room.edit(change, author)
            await room.flush()
        return result

    async def _read(self, name: str, look: Callable[["Doc[Any]"], T]) -> T:
        async with self._opened(name) as room:
            return look(room.ydoc)

    @asynccontextmanager
    async def _opened(self, name: str) -> AsyncIterator[LoggedRoom]:
        room = await self._open(name)
        stay(room)
        try:
            yield room
        finally:
            if not room.clients:
                extension = self._extension
                delay, loaders = extension.document_cleanup_delay, extension.file_loaders
                rooms, locks = extension.ywebsocket_server, extension._room_locks
                close_later(rooms, locks, room, delay, None if is_side(name) else loaders)

    async def _open(self, name: str) -> LoggedRoom:
        extension = self._extension
        if is_side(name):
            return await open_side(extension.ywebsocket_server, extension._room_locks, name)
        await begin(extension.ywebsocket_server)
        try:
            await extension.get_document(room_id=name, create=True, copy=False)
            room = self._rooms[name]
            async with extension._room_locks[name]:
                await room.initialize()  # which a room that somebody is just entering was not yet
        except HTTPError as error:
            self._rooms.pop(name, None)
            raise NotFound(NO_FILE) from error
        found: LoggedRoom = room
        return found

    @property
    def _rooms(self) -> dict[str, Any]:
        rooms: dict[str, Any] = self._extension.ywebsocket_server.rooms
        return rooms

    @property
    def _file_ids(self) -> Any:
        return self._server.web_app.settings["file_id_manager"]

    @property
    def _extension(self) -> YDocExtension:
        found = self._server.web_app.settings.get("jupyter_server_ydoc")
        if found is None or found.disable_rtc:
            raise Unavailable("Documents are not edited together on this server.")
        return found
