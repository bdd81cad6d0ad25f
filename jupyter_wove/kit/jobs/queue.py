"""The queue that wakes workers: a docket, in this process or in Redis."""

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from jupyter_wove.kit.errors import Unavailable

TASK = "wove-job"
PATIENCE = 30.0  # seconds
CHECK = timedelta(milliseconds=250)
# A message that Redis handed out just as a connection broke reaches nobody; then it comes again.
LOST = timedelta(seconds=20)


class Queue:
    """Calls `work` with each job added, in a thread of its own; some at a time, in order."""

    def __init__(self, url: str, work: Callable[[UUID], None], workers: int) -> None:
        self._url = url
        self._work = work
        self._workers = workers
        self._loop = asyncio.new_event_loop()
        self._docket: Future[Any] = Future()
        self._main: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="wove-jobs", daemon=True)
        self._thread.start()

    def add(self, job_id: UUID, epoch: int) -> None:
        """Queue a job; adding it again at the same epoch changes nothing."""
        try:
            docket = self._docket.result(PATIENCE)
            added = docket.add(TASK, key=f"{job_id}:{epoch}")(str(job_id))
            asyncio.run_coroutine_threadsafe(added, self._loop).result(PATIENCE)
        except Exception as error:  # of Redis, of the network, or it was too slow
            raise Unavailable("The queue of jobs cannot be reached. They wait.") from error

    def serves(self) -> bool:
        """Tell whether the queue still works; it does not once it could not be reached."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Take no more jobs; those that run are left to end."""
        if self.serves():
            self._loop.call_soon_threadsafe(self._cancel)
        self._thread.join(5)

    def _cancel(self) -> None:
        if self._main:
            self._main.cancel()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._main = self._loop.create_task(self._serve())
        try:
            self._loop.run_until_complete(self._main)
        except asyncio.CancelledError:
            pass  # that is how it is stopped
        except Exception as error:
            if self._docket.done():
                raise
            self._docket.set_exception(error)

    async def _serve(self) -> None:
        # Half a second to import, and most servers never run a job.
        from docket import Docket, Worker  # noqa: PLC0415

        name = f"{socket.gethostname()}#{os.getpid()}#{uuid4().hex[:8]}"
        async with Docket("wove", self._url) as docket:
            docket.register(self._task, names=[TASK])
            worker = Worker(
                docket,
                name,
                concurrency=self._workers,
                minimum_check_interval=CHECK,
                redelivery_timeout=LOST,
            )
            async with worker:
                self._docket.set_result(docket)
                await worker.run_forever()

    async def _task(self, job_id: str) -> None:
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()

        def work() -> None:
            try:
                self._work(UUID(job_id))
            finally:
                with contextlib.suppress(RuntimeError):  # the loop has been closed meanwhile
                    loop.call_soon_threadsafe(ended.set)

        # Not the loop's own threads: the interpreter would wait for them at its end.
        threading.Thread(target=work, name=f"wove-job-{job_id}", daemon=True).start()
        await ended.wait()
