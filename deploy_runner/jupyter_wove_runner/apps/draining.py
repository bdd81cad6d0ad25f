"""Versions that visitors come to no more, until the last of those who are there has gone."""

import asyncio
from contextlib import suppress

from jupyter_wove_runner.apps.hosting import Hosting, Version
from jupyter_wove_runner.proxy import Wish

MAX_DRAIN = 600.0  # seconds
LINGER = 10.0  # seconds from a page until it connects
MOST = 12  # versions of an app that wait at the same time


class Drains:
    """The earlier versions of an app that still have visitors."""

    def __init__(self, hosting: Hosting) -> None:
        self._hosting = hosting
        self._versions: dict[Version, asyncio.Task[None]] = {}

    def begin(self, version: Version, *, linger: bool) -> None:
        """Let a version end with its last visitor; where it lingers, its pages may yet connect."""
        task = asyncio.create_task(self._drain(version, LINGER if linger else 0.0))
        self._versions[version] = task
        task.add_done_callback(lambda _: self._versions.pop(version, None))
        if len(self._versions) > MOST:
            next(iter(self._versions.values())).cancel()

    def of(self, wish: Wish) -> Version | None:
        """Find the version that a page came from, for what belongs to that page."""
        if wish.page or not wish.release:
            return None
        for version in self._versions:
            if str(version.release.id) == wish.release:
                return version
        return None

    async def end(self) -> None:
        """End all of them now."""
        tasks = list(self._versions.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def leave(self) -> None:
        """End all of them: whoever is there loses their connection with this runner anyhow."""
        await self.end()

    async def _drain(self, version: Version, linger: float) -> None:
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(MAX_DRAIN):
                    await asyncio.sleep(linger)
                    while version.target.at_work:
                        await version.target.quiet.wait()
        finally:
            await asyncio.shield(self._hosting.end(version))
