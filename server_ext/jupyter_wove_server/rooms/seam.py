"""Where our rooms take the place of those of jupyter-collaboration, which has no trait for it."""

import asyncio
import queue
import sys
import threading
from collections.abc import Awaitable, Iterable
from contextlib import suppress

from jupyter_server.serverapp import ServerApp
from jupyter_server_ydoc import app, handlers, loaders

from jupyter_wove.kit.logs import log
from jupyter_wove_server.people import knows_people
from jupyter_wove_server.rooms.execution import Asked, guard
from jupyter_wove_server.rooms.forking import ForkHandler, TimelineHandler, UndoRedoHandler
from jupyter_wove_server.rooms.handler import RoomHandler
from jupyter_wove_server.rooms.live import LiveRooms
from jupyter_wove_server.rooms.loader import Loader
from jupyter_wove_server.rooms.logged import LoggedRoom
from jupyter_wove_server.rooms.room import Room
from jupyter_wove_server.rooms.runs import Runs
from jupyter_wove_server.rooms.store import LogStore
from jupyter_wove_server.serving import Serving

_log = log(__name__)

EMPTY_FOR = 300.0  # seconds before a room in which nobody is closes


def install() -> None:
    """Have jupyter-collaboration make our rooms and loaders, from now on in this process."""
    handlers.DocumentRoom = app.DocumentRoom = Room
    app.YDocWebSocketHandler = RoomHandler
    app.DocForkHandler, app.TimelineHandler = ForkHandler, TimelineHandler
    app.UndoRedoHandler = UndoRedoHandler
    loaders.FileLoader = Loader
    guard()


def configure(server: ServerApp) -> None:
    """Set what the person has not set otherwise."""
    found = server.extension_manager.extension_apps.get("jupyter_server_ydoc", ())
    for extension in found:
        given = extension.config.YDocExtension
        if "ystore_class" not in given:
            extension.ystore_class = LogStore
        if "document_cleanup_delay" not in given:
            extension.document_cleanup_delay = EMPTY_FOR


def open_rooms(server: ServerApp) -> list[LoggedRoom]:
    """List the rooms in which documents are edited now."""
    extension = server.web_app.settings.get("jupyter_server_ydoc")
    served = getattr(extension, "ywebsocket_server", None)
    return (
        [each for each in served.rooms.values() if isinstance(each, LoggedRoom)] if served else []
    )


async def save_all(server: ServerApp) -> None:
    """Write every file that is behind, and have all that was typed on disk."""
    rooms = open_rooms(server)
    for room, outcome in zip(rooms, await _all(room.save_all() for room in rooms), strict=True):
        if isinstance(outcome, BaseException):
            _log.error("a room was not saved", room=room.room_id, exc_info=outcome)
    await _all(store.flush() for store in list(LogStore.busy))
    _end_threads()


def _end_threads() -> None:
    """End the threads that reading and writing of files left; upstream waits for them for ever."""
    anyio = sys.modules.get("anyio._backends._asyncio")  # a megabyte until somebody edits
    for thread in threading.enumerate():
        if anyio and isinstance(thread, anyio.WorkerThread):
            with suppress(queue.Full):  # of the word to stop, which it has had already
                thread.stop()


async def _all(work: Iterable[Awaitable[None]]) -> list[BaseException | None]:
    return await asyncio.gather(*work, return_exceptions=True)


def serve(serving: Serving, server: ServerApp) -> None:
    """Keep the logs of rooms in this Wove; only people whom it tells apart can be strangers."""
    LogStore.serving = RoomHandler.serving = Asked.serving = Runs.serving = serving
    LoggedRoom.strangers = knows_people(server.identity_provider)
    serving.live = LiveRooms(server)
