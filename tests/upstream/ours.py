"""Has the tests of jupyter-collaboration meet our rooms, handlers and stores: `pytest -p` this."""

from pathlib import Path

import pytest
from jupyter_server_ydoc import app, rooms
from jupyter_wove_server.rooms import seam
from jupyter_wove_server.rooms.handler import RoomHandler
from jupyter_wove_server.rooms.room import Room
from jupyter_wove_server.rooms.store import LogStore
from jupyter_wove_server.serving import Serving

from jupyter_wove.settings import Wove

rooms.DocumentRoom = Room  # which those tests make themselves, too
seam.install()
app.YDocExtension.ystore_class.default_value = LogStore


@pytest.fixture(autouse=True)
def wove(tmp_path):
    """Keep what is typed in a database of the test."""
    settings = Wove(data_dir=str(tmp_path / "wove"), database_url=f"sqlite:///{tmp_path}/wove.db")
    serving = Serving(settings, Path(tmp_path))
    LogStore.serving = RoomHandler.serving = serving
    Room.strangers = False
    yield serving
    serving.close()


def pytest_report_header():
    """Say whose rooms these tests meet."""
    return f"rooms: {rooms.DocumentRoom.__module__}.{rooms.DocumentRoom.__qualname__}"
