"""What we build on in jupyter-collaboration and pycrdt that is no public promise of theirs.

Each of these would break silently: a method that is never called again, a class that is never
used. Whoever widens the range of versions sees here what moved.
"""

import inspect

import pytest
from jupyter_server_ydoc import app, handlers, loaders, rooms
from jupyter_wove_server.rooms import seam
from jupyter_wove_server.rooms.forking import Guarded
from jupyter_wove_server.rooms.handler import RoomHandler
from jupyter_wove_server.rooms.loader import Loader
from jupyter_wove_server.rooms.room import Room
from pycrdt import websocket


def names(function):
    """List the global names and attributes that a function uses, nested functions too."""
    code = inspect.unwrap(function).__code__
    inner = [each for each in code.co_consts if inspect.iscode(each)]
    return {*code.co_names, *(name for each in inner for name in each.co_names)}


def test_rooms_are_made_by_a_name_that_can_be_replaced():
    assert "DocumentRoom" in names(handlers.YDocWebSocketHandler.prepare)
    assert "DocumentRoom" in names(app.YDocExtension.get_document)
    made = names(app.YDocExtension.initialize_handlers)
    assert {"YDocWebSocketHandler", "DocForkHandler", "TimelineHandler", "UndoRedoHandler"} <= made
    seam.install()
    assert handlers.DocumentRoom is app.DocumentRoom is Room
    assert app.YDocWebSocketHandler is RoomHandler
    for handler in (app.DocForkHandler, app.TimelineHandler, app.UndoRedoHandler):
        assert issubclass(handler, Guarded)
    assert "FileLoader" in names(loaders.FileLoaderMapping.__getitem__)
    assert loaders.FileLoader is Loader


def test_a_room_is_made_with_what_we_pass_on():
    assert list(inspect.signature(rooms.DocumentRoom.__init__).parameters)[1:] == [
        "room_id",
        "file_format",
        "file_type",
        "file",
        "logger",
        "ystore",
        "log",
        "save_delay",
        "document_load_progressively",
        "notebook_output_delay_threshold_mb",
        "exception_handler",
    ]


@pytest.mark.parametrize(
    ("owner", "method", "calls"),
    [
        (websocket.YRoom, "_start", {"_watch_ready", "_broadcast_updates"}),
        (websocket.YRoom, "serve", {"on_message", "_on_message_error", "clients"}),
        (rooms.DocumentRoom, "__init__", {"_on_document_change", "_on_outofband_change"}),
        (rooms.DocumentRoom, "initialize", {"_apply_deterministic_source_content"}),
        (handlers.YDocWebSocketHandler, "on_message", {"_save_to_disc", "_message_queue"}),
        (handlers.YDocWebSocketHandler, "open", {"initialize", "serve", "_clean_room"}),
        (handlers.YDocWebSocketHandler, "prepare", {"_ystore_class", "_file_loaders"}),
        (loaders.FileLoader, "maybe_save_content", {"OutOfBandChanges", "last_modified"}),
        (loaders.FileLoader, "load_content", {"_contents_manager", "last_modified"}),
        (Loader.__base__, "_watch_file", {"maybe_notify"}),
        (Loader.__base__, "maybe_notify", {"_current_path", "_filepath_subscriptions"}),
    ],
)
def test_what_we_override_is_still_called(owner, method, calls):
    assert calls <= names(getattr(owner, method))


def test_the_attributes_that_we_use_are_there():
    used = {"_document", "_file", "_file_format", "_file_type", "_update_lock", "_save_delay"}
    assert used <= names(rooms.DocumentRoom.__init__)
    for method in ("_handle_sync_message_error", "_finish_progressive_initialization"):
        assert callable(getattr(rooms.DocumentRoom, method))
