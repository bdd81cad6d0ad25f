"""The room of a document that has no file of its own."""

import asyncio

from jupyter_server_ydoc.websocketserver import JupyterWebsocketServer
from pycrdt.store import YDocNotFound

from jupyter_wove_server.rooms.closing import Locks, begin, stay
from jupyter_wove_server.rooms.logged import LoggedRoom
from jupyter_wove_server.rooms.sides import side_of
from jupyter_wove_server.rooms.store import LogStore


class SideRoom(LoggedRoom):
    """A Y document beside a file."""

    def __init__(self, name: str) -> None:
        store = LogStore(name)
        super().__init__(ready=False, ystore=store)
        self.room_id = name
        side = side_of(name)
        self.holds = "notebook" if side is not None and side.kind == "suggestion" else ""

    async def initialize(self) -> None:
        """Open what was stored, or begin."""
        if self.ready:
            return
        try:
            await self.ystore.apply_updates(self.ydoc)
        except YDocNotFound:
            await self.ystore.write(self.ydoc.get_update())
        self._observe()
        self.ready = True

    async def stop(self) -> None:
        """Close the room; nothing is left behind."""
        try:
            await self.flush()
        finally:
            await super().stop()
        await self.ystore.sum_up()


async def open_side(server: JupyterWebsocketServer, locks: Locks, name: str) -> SideRoom:
    """Find a side room, or open it. Nobody closes it before they have come in or given up."""
    await begin(server)
    async with locks.setdefault(name, asyncio.Lock()):
        if not server.room_exists(name):
            room = SideRoom(name)
            await server.start_room(room)
            await room.initialize()
            server.add_room(name, room)
        found: SideRoom = server.rooms[name]
    stay(found)
    return found
