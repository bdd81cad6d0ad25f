"""Random days on a real server that is killed: nothing is lost, and nothing is there twice.

`WOVE_MORE_DAYS=100` adds days; `WOVE_DAY=7` repeats one, as far as chance allows.
"""

import asyncio
import os

import pytest

from tests.reliability.days import SAVES_AFTER, Day
from tests.reliability.server import Server

DAYS = 20
SETTINGS = {"YDocExtension": {"document_save_delay": SAVES_AFTER, "file_poll_interval": 0.1}}


def days():
    """Number the days to be lived through."""
    if "WOVE_DAY" in os.environ:
        return [int(os.environ["WOVE_DAY"])]
    return range(DAYS + int(os.environ.get("WOVE_MORE_DAYS", "0")))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("days") / "server"
    extensions = ("jupyter_server_ydoc", "jupyter_server_fileid")
    server = Server(folder, "Ann", extensions=extensions, settings=SETTINGS)
    server.start()
    yield server
    server.kill()


@pytest.mark.parametrize("seed", days())
def test_nothing_is_lost_and_nothing_is_there_twice(server, seed):
    asyncio.run(live_through(server, seed))


async def live_through(server, seed):
    if server.process is None:  # an earlier day went wrong
        server.start()
    day = Day(server, seed)
    try:
        await day.run()
        day.check()
    except AssertionError as problem:
        raise AssertionError(f"seed {seed}: {problem} after {day.done}") from problem
    finally:
        await day.end()
