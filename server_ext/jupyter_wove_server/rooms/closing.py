"""When rooms are served, and when one closes in which nobody is any more."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from jupyter_server_ydoc.websocketserver import JupyterWebsocketServer

from jupyter_wove_server.rooms.logged import LoggedRoom

Locks = MutableMapping[str, asyncio.Lock]

_serving: set["asyncio.Task[None]"] = set()


async def begin(server: JupyterWebsocketServer) -> None:
    """Have rooms served, if they are not yet."""
    if not server.started.is_set():
        task = asyncio.create_task(server.start())
        _serving.add(task)
        task.add_done_callback(_serving.discard)
        await server.started.wait()


def close_later(
    server: JupyterWebsocketServer,
    locks: Locks,
    room: LoggedRoom,
    delay: float | None,
    loaders: Any = None,
) -> None:
    """Close a room after a while, in seconds, unless somebody comes; never where it is None."""
    stay(room)
    if delay is not None:
        room.cleaner = asyncio.create_task(_close(server, locks, room, delay, loaders))


def stay(room: LoggedRoom) -> None:
    """Let a room be open for now."""
    if room.cleaner is not None:
        room.cleaner.cancel()


async def _close(
    server: JupyterWebsocketServer, locks: Locks, room: LoggedRoom, delay: float, loaders: Any
) -> None:
    await asyncio.sleep(delay)
    name = room.room_id
    async with locks[name]:
        if not room.clients and server.rooms.get(name) is room:
            await server.delete_room(name=name)
            del locks[name]
    if loaders is not None:
        file_id = name.split(":", 2)[2]
        if loaders[file_id].number_of_subscriptions == 0:
            await loaders.remove(file_id)
