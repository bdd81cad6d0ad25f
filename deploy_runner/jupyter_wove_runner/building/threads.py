"""Work on files in a thread, which nothing can end but itself: whoever is cancelled waits for it.

Otherwise it would go on to write into a folder that is being removed.
"""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from jupyter_wove.kit.archives import Limits, extract

T = TypeVar("T")


async def to_its_end(work: Callable[..., T], *arguments: object) -> T:
    """Do some work that is short, also when nobody waits for it any more."""
    return await _ended(partial(work, *arguments), lambda: None)


async def unpack(archive: Path, into: Path, limits: Limits, *, strip: bool = False) -> None:
    """Unpack an archive; stop soon after nobody waits for it. Raises what `extract` raises."""
    unwanted = threading.Event()
    work = partial(extract, archive, into, limits, strip=strip, cancelled=unwanted.is_set)
    await _ended(work, unwanted.set)


async def _ended(work: Callable[[], T], stop: Callable[[], None]) -> T:
    task = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        stop()
        await asyncio.wait([task])
        raise
