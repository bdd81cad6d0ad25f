"""Who asks goes before long work: in one process both would share one interpreter."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jupyter_wove.kit.jobs import JobRun

PATIENCE = 0.2  # seconds; the work goes on all the same where somebody asks all the time

_here = threading.Condition()
_asking = 0


@contextmanager
def asking() -> Iterator[None]:
    """Have long work wait until the block is left."""
    global _asking  # noqa: PLW0603 — of the process, as its processor is
    with _here:
        _asking += 1
    try:
        yield
    finally:
        with _here:
            _asking -= 1
            _here.notify_all()


def stand_back() -> None:
    """Wait until nobody in this process asks, for a while at most."""
    with _here:
        _here.wait_for(lambda: _asking == 0, PATIENCE)


def considerate(run: JobRun, note: str) -> Callable[[int, int], None]:
    """Tell a job's progress, and between two steps stop where it should, or stand back."""

    def tell(done: int, total: int) -> None:
        run.progress(done, total, note)
        run.check()
        stand_back()

    return tell
