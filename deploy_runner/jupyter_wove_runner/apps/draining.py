"""Versions that visitors come to no more, until the last of those who are there has gone."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from jupyter_wove_runner.apps.hosting import Hosting, Version
from jupyter_wove_runner.proxy import Wish

MAX_DRAIN = 600.0  # seconds
LINGER = 10.0  # seconds from a page until it connects
MOST = 12  # versions of an app that wait at the same time


@dataclass(eq=False)
class _Drain:
    """A version on its way out; `now` ends it whoever is there."""

    version: Version
    linger: float
    now: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, hosting: Hosting) -> None:
        empty, told = asyncio.create_task(self._empty()), asyncio.create_task(self.now.wait())
        await asyncio.wait({empty, told}, return_when=asyncio.FIRST_COMPLETED)
        empty.cancel()
        told.cancel()
        await hosting.end(self.version)

    async def _empty(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(MAX_DRAIN):
                await asyncio.sleep(self.linger)
                while self.version.target.at_work:
                    await self.version.target.quiet.wait()


class Drains:
    """The earlier versions of an app that still have visitors."""

    def __init__(self, hosting: Hosting) -> None:
        self._hosting = hosting
        self._drains: dict[asyncio.Task[None], _Drain] = {}

    def begin(self, version: Version, *, linger: bool) -> None:
        """Let a version end with its last visitor; where it lingers, its pages may yet connect."""
        drain = _Drain(version, LINGER if linger else 0.0)
        task = asyncio.create_task(drain.run(self._hosting))
        self._drains[task] = drain
        task.add_done_callback(self._drains.pop)
        if len(self._drains) > MOST:
            next(iter(self._drains.values())).now.set()

    def of(self, wish: Wish) -> Version | None:
        """Find the version that a page came from, for what belongs to that page."""
        if wish.page or not wish.release:
            return None
        for drain in self._drains.values():
            if str(drain.version.release.id) == wish.release and not drain.now.is_set():
                return drain.version
        return None

    async def end(self) -> None:
        """End all of them now, whoever is there."""
        for drain in self._drains.values():
            drain.now.set()
        if self._drains:
            await asyncio.wait(list(self._drains))
