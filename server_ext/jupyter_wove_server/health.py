"""Whether this process lives, and whether it can do its work; the answers tell nothing more."""

import asyncio
import shutil
import time
from typing import TYPE_CHECKING, get_args

from sqlalchemy import func, select, text

from jupyter_wove.kit.errors import Unavailable, WoveError
from jupyter_wove.kit.jobs.models import State
from jupyter_wove.kit.jobs.tables import JobRow
from jupyter_wove.kit.logs import log
from jupyter_wove.kit.metrics import (
    CONSUMER_BACKLOG,
    CONSUMER_LAG,
    JOBS,
    OUTBOX_BACKLOG,
    OUTBOX_LAG,
)
from jupyter_wove_server.base import PUBLIC, Route, WoveAPIHandler, policy
from jupyter_wove_server.serving import Serving

if TYPE_CHECKING:
    from jupyter_wove.app import Wove

EVERY = 15.0  # seconds between two measurements
KEPT = 2.0  # seconds that an answer is good for, however many ask
ROOM = 1024**3  # bytes free, or a twentieth of a small disk
MOST_WAITING = 10_000  # events

_log = log(__name__)


def troubles(wove: "Wove", data_dir: str) -> list[str]:
    """Try what every request needs; name what does not work."""
    found = []
    disk = shutil.disk_usage(data_dir)
    if disk.free < min(ROOM, disk.total // 20):
        found.append("little room is left on the disk")
    with wove.database.write() as session:
        # Writes a row without changing it, and fails where there is no schema.
        session.execute(text("UPDATE alembic_version SET version_num = version_num"))
    waiting = measure(wove)
    if waiting > MOST_WAITING:
        found.append(f"{waiting} events wait")
    return found


def measure(wove: "Wove") -> int:
    """Bring the metrics up to date that nobody else keeps; return how many events wait."""
    of_each = wove.outbox.waiting()
    waiting = sum(each.events for each in of_each.values())
    OUTBOX_BACKLOG.set(waiting)
    OUTBOX_LAG.set(max((each.lag for each in of_each.values()), default=0.0))
    for consumer, each in of_each.items():
        CONSUMER_BACKLOG.labels(consumer).set(each.events)
        CONSUMER_LAG.labels(consumer).set(each.lag)
    by_state = select(JobRow.state, func.count()).group_by(JobRow.state)
    with wove.database.read() as session:
        counted = dict(session.execute(by_state).tuples().all())
    for state in get_args(State):
        JOBS.labels(state).set(counted.get(state, 0))
    return waiting


async def keep_measuring(serving: Serving) -> None:
    """Measure again and again, for those who read the metrics."""
    while True:
        try:
            await serving.look(lambda: measure(serving.wove))
        except WoveError as error:
            _log.warning("not measured", reason=str(error))
        await asyncio.sleep(EVERY)


class Readiness:
    """The last answer, found anew when it is old, by one asker for all."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._good_until = 0.0
        self._ready = False

    async def ask(self, handler: WoveAPIHandler) -> bool:
        """Say whether requests can be served."""
        async with self._lock:
            if time.monotonic() >= self._good_until:
                self._ready = await self._find_out(handler)
                self._good_until = time.monotonic() + KEPT
            return self._ready

    async def _find_out(self, handler: WoveAPIHandler) -> bool:
        serving = handler.serving
        try:
            found = await serving.change(lambda: troubles(serving.wove, serving.settings.data_dir))
        except Exception as error:
            _log.error("not ready", exc_info=error)
            return False
        if found:
            _log.error("not ready", troubles=found)
        return not found


class Live(WoveAPIHandler):
    """Answers as long as the event loop turns."""

    route = "/wove/livez"

    @policy(PUBLIC)
    def get(self) -> None:
        """Say yes."""
        self.finish({"status": "live"})


class Ready(WoveAPIHandler):
    """Answers whether requests can be served."""

    route = "/wove/readyz"

    def initialize(self, readiness: Readiness) -> None:
        """Share one answer among all who ask."""
        self.readiness = readiness

    @policy(PUBLIC)
    async def get(self) -> None:
        """Say yes, or 503."""
        if not await self.readiness.ask(self):
            raise Unavailable("Wove cannot serve requests for the moment. Its log says why.")
        self.finish({"status": "ready"})


def routes() -> list[Route]:
    """Make the handlers; nobody has to sign in for them."""
    return [(Live.route, Live), (Ready.route, Ready, {"readiness": Readiness()})]
