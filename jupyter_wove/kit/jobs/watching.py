"""Waiting for news of a job, in threads and in event loops."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID


class Watchers:
    """Who in this process waits for news of which job."""

    def __init__(self) -> None:
        self._waiting: dict[UUID, list[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = {}
        self._condition = threading.Condition()

    def tell(self, job_id: UUID) -> None:
        """Wake whoever waits for this job."""
        with self._condition:
            self._condition.notify_all()
            for loop, event in self._waiting.get(job_id, ()):
                with suppress(RuntimeError):  # its loop has been closed
                    loop.call_soon_threadsafe(event.set)

    def wait(self, seconds: float) -> None:
        """Wait in a thread for news of any job."""
        with self._condition:
            self._condition.wait(seconds)

    @contextmanager
    def event(self, job_id: UUID) -> Iterator[asyncio.Event]:
        """Give an event of the running loop that is set at the next news of this job."""
        entry = (asyncio.get_running_loop(), asyncio.Event())
        with self._condition:
            self._waiting.setdefault(job_id, []).append(entry)
        try:
            yield entry[1]
        finally:
            with self._condition:
                self._waiting[job_id].remove(entry)
                if not self._waiting[job_id]:
                    del self._waiting[job_id]
