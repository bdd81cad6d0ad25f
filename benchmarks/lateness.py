"""A Jupyter extension that tells how late the server's event loop was at worst, and in what.

`GET /lateness` answers with the milliseconds since it was last asked, as JSON, and where the loop
was then; a server loads it by the name `benchmarks.lateness`.
"""

import asyncio
import sys
import threading
import time
import traceback

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.serverapp import ServerApp
from tornado.web import authenticated

EVERY = 0.002  # seconds
LATE = 0.03  # seconds from which on it is looked where the loop is


class Watch:
    """Looks at the loop from within and from a thread."""

    def __init__(self) -> None:
        self.worst, self.where = 0.0, ""
        self._beat, self._seen = time.perf_counter(), ""
        self._main = threading.get_ident()
        threading.Thread(target=self._look, daemon=True).start()

    async def beat(self) -> None:
        """Note when the loop is free."""
        while True:
            await asyncio.sleep(EVERY)
            late = time.perf_counter() - self._beat - EVERY
            if late > self.worst:
                self.worst, self.where = late, self._seen
            self._beat, self._seen = time.perf_counter(), ""

    def _look(self) -> None:
        while True:
            time.sleep(LATE / 3)
            if not self._seen and time.perf_counter() - self._beat > LATE:
                frame = sys._current_frames()[self._main]
                self._seen = "".join(traceback.format_stack(frame)[-6:])


class Handler(JupyterHandler):
    """Says how late it was."""

    watch: Watch

    @authenticated
    def get(self) -> None:
        """Answer, and begin anew."""
        self.finish({"late": self.watch.worst * 1e3, "where": self.watch.where})
        self.watch.worst = 0.0


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "benchmarks.lateness"}]


def _load_jupyter_server_extension(app: ServerApp) -> None:
    app.web_app.add_handlers(".*", [(r"/lateness", Handler)])
    Handler.watch = Watch()
    app.io_loop.call_later(0, lambda: asyncio.ensure_future(Handler.watch.beat()))
