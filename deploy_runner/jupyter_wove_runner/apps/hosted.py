"""One app: which version its visitors come to, and how it changes, sleeps and wakes."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from jupyter_wove.kit.errors import Conflict, NotFound, Unavailable, WoveError
from jupyter_wove.runner import App, AppState, Line, Live, Message, Release, Stage
from jupyter_wove_runner.apps.checking import NotWell, out_of_memory_words
from jupyter_wove_runner.apps.draining import Drains
from jupyter_wove_runner.apps.hosting import Hosting, Version
from jupyter_wove_runner.apps.output import Output
from jupyter_wove_runner.apps.records import Record, Shelf
from jupyter_wove_runner.apps.sessions import SHARES, Sessions
from jupyter_wove_runner.apps.visits import Count
from jupyter_wove_runner.containers import surely
from jupyter_wove_runner.proxy import VISITED, Place, Target, Waking, Wish

SOON = 1.0  # seconds that somebody looks at nothing, until they are told that it takes longer
LIMIT = 60.0  # seconds that a program waits
BACK_OFF = (1, 2, 4, 8, 15, 30, 60)  # seconds until what broke down is started again
WELL_AGAIN = 300  # seconds after which an earlier break-down does not count any more
LOOK = 3.0  # seconds between two looks at the memory


State = Literal["live", "asleep", "stopped"]


class Hosted:
    """An app as it runs. Its record is on disk before its visitors see what is new."""

    def __init__(
        self, record: Record, hosting: Hosting, shelf: Shelf, place: Place, count: Count
    ) -> None:
        self.record = record
        self.version: Version | None = None
        self.output = Output()
        self.count = count
        self._hosting, self._shelf, self._place = hosting, shelf, place
        self._drains = Drains(hosting)
        self._sessions: Sessions | None = None
        self._changing = asyncio.Lock()
        self._waking: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._visited = time.monotonic()
        self._broken, self._again = 0, 0.0

    @property
    def app(self) -> App:
        """Say what it is called, where it is reached, and by whom."""
        return self.record.app

    def state(self) -> AppState:
        """Say how it is doing."""
        record, version = self.record, self.version
        return AppState(
            id=self.app.id,
            state=self._state(),
            release_id=record.live,
            url=self._place.url(self.app),
            sessions=version.target.sockets if version else 0,
            memory=self._sessions.memory if self._sessions else 0,
            since=record.since,
            problem=record.problem,
        )

    def _state(self) -> Literal["live", "asleep", "waking", "stopped"]:
        if self._waking and not self.version:
            return "waking"
        return self.record.state

    # ------------------------------------------------------------------ visitors

    @asynccontextmanager
    async def taken(self, wish: Wish) -> AsyncIterator[Target]:
        """Have a version for a request, awake. Raises Busy, Unavailable, Waking."""
        version = self._drains.of(wish) or self.version or await self._awake(wish)
        if version is self.version and self._sessions:
            self._sessions.admit(wish, version.target.sockets)
        with version.target.asked():
            try:
                yield version.target
            finally:
                self._visited = time.monotonic()

    def note(self, status: int, seconds: float) -> None:
        """Remember that a request was answered."""
        self.count.note(status, seconds)

    async def _awake(self, wish: Wish) -> Version:
        """Wait until it is awake: one start, however many wait."""
        waking = self._wake_once()
        await asyncio.wait({waking}, timeout=SOON if wish.page else LIMIT)
        if self.version:
            return self.version
        if not waking.done():
            raise Waking("The app was asleep, and is waking up. This takes a few seconds.")
        raise Unavailable(self.record.problem or "The app did not wake up. Try it again soon.")

    def _wake_once(self) -> asyncio.Task[None]:
        if self._waking:
            return self._waking
        if self.record.state == "stopped":
            raise Unavailable("The app was stopped by those who look after it.")
        if not self.record.release:
            raise NotFound("There is nothing at this address yet.")
        if time.monotonic() < self._again:
            raise Unavailable(self.record.problem)
        self._waking = asyncio.create_task(self._woken())
        self._waking.add_done_callback(self._is_awake)
        return self._waking

    def _is_awake(self, waking: asyncio.Task[None]) -> None:
        self._waking = None

    # ------------------------------------------------------------------ what changes it

    async def change(self, app: App) -> None:
        """Take other settings."""
        self.record.app = app
        await self._shelf.write(self.record)

    async def serve(self, release: Release) -> AsyncIterator[Message]:
        """Start a release beside the one that is served, and switch when it is well."""
        try:
            async with self._changing:
                self.record.remember(release)
                await self._shelf.write(self.record)
                yield Stage("starting")
                async with self._on_trial(await self._started(release)) as version:
                    yield Stage("checking")
                    await self._hosting.check(version)
                    await surely(self._switch(version))  # half of it would be neither version
        except NotWell as error:
            yield error.failed  # when its container is gone, so that its image can go as well
            return
        yield Line("wove", f"Visitors come to it at {self._place.url(self.app)}")
        yield Live(self._place.url(self.app))

    async def resume(self) -> None:
        """Go on where the runner before this one was."""
        release = self.record.release
        if release is None or self.record.state == "stopped":
            return
        if release.site:
            with suppress(NotWell):
                self._run(self._hosting.site(release))
        elif version := await self._hosting.adopt(self.app, release):
            self._run(version)
            self.record.state = "live"
        elif self.record.state == "live":
            self._wake_once()

    async def forget(self, release_id: UUID) -> Release | None:
        """Forget a release, and give it back. Raises Conflict where it is served."""
        if release_id == self.record.live and self.record.state != "stopped":
            raise Conflict("This release is served. Serve another one first.")
        found = [each for each in self.record.releases if each.id == release_id]
        self.record.releases = [each for each in self.record.releases if each not in found]
        await self._shelf.write(self.record)
        return found[0] if found else None

    async def wake(self) -> None:
        """Have it answer again."""
        if self.record.state == "stopped":
            self.record.state = "asleep"
        self._again = 0.0
        if not self.version:
            await asyncio.shield(self._wake_once())
        if not self.version:
            raise Unavailable(self.record.problem)

    async def stop(self) -> None:
        """Have it answer no more, until it is woken."""
        async with self._changing:
            await self._rest("stopped")
            await self._drains.end()

    async def sleep_if_idle(self) -> None:
        """Put it to sleep where nobody has come for as long as it says."""
        if self._is_idle() and not self._changing.locked():
            async with self._changing:
                if self._is_idle():
                    await self._rest("asleep")

    async def close(self) -> None:
        """Leave it running, for the next runner."""
        await _cancelled(self._waking, self._watching)
        await self._drains.end()

    # ------------------------------------------------------------------ within

    def _is_idle(self) -> bool:
        version, rested = self.version, time.monotonic() - self._visited
        if version is None or version.container is None or version.target.at_work:
            return False
        return 0 < self.app.idle < rested

    @asynccontextmanager
    async def _on_trial(self, version: Version) -> AsyncIterator[Version]:
        """Remove a version at the end of the block, unless visitors come to it."""
        try:
            yield version
        finally:
            if self.version is not version:
                await self._hosting.drop(version)

    async def _started(self, release: Release) -> Version:
        if release.site:
            return self._hosting.site(release)
        return await self._hosting.start(self.app, release)

    async def _switch(self, version: Version) -> None:
        """Show visitors another version, and let the one before end with its last visitor."""
        await self._written("live", version)
        before = self.version
        self._broken, self._again = 0, 0.0
        self._run(version)
        if before and before is not version:
            self._drains.begin(before, linger=before.plan.kind in VISITED)

    async def _written(self, state: State, version: Version | None, problem: str = "") -> None:
        record = self.record
        record.live = version.release.id if version else record.live
        record.state, record.since, record.problem = state, datetime.now(UTC), problem
        await self._shelf.write(record)

    def _run(self, version: Version) -> None:
        if self._watching:
            self._watching.cancel()
        self.version, self._visited = version, time.monotonic()
        self._sessions = Sessions(version.plan)
        self._watching = asyncio.create_task(self._watch(version, self._sessions))

    async def _rest(self, state: State) -> None:
        version, self.version, self._sessions = self.version, None, None
        if self._watching:
            self._watching.cancel()
        await self._written(state, None)
        if version:
            self._drains.begin(version, linger=False)

    async def _woken(self) -> None:
        """Start what was served before; a failure is in its record."""
        async with self._changing:
            release = self.record.release
            if self.version or release is None or self.record.state == "stopped":
                return
            try:
                version = await self._started(release)
            except (NotWell, WoveError) as error:
                return await self._failed(str(error))
            try:
                await self._hosting.check(version)
            except NotWell as error:
                await self._hosting.drop(version)
                return await self._failed(str(error))
            except BaseException:
                await self._hosting.drop(version)
                raise
            self._run(version)
            await self._written("live", version, self.record.problem if self._broken else "")

    async def _failed(self, reason: str) -> None:
        self._wait_longer()
        await self._written("asleep", None, reason)

    def _wait_longer(self) -> float:
        pause = BACK_OFF[min(self._broken, len(BACK_OFF) - 1)]
        self._broken, self._again = self._broken + 1, time.monotonic() + pause
        return pause

    # ------------------------------------------------------------------ what happens to it

    async def _watch(self, version: Version, sessions: Sessions) -> None:
        """Hear what a version says, look at its memory, and start it again when it ends."""
        if version.container is None:
            return
        began = time.monotonic()
        helpers = [
            asyncio.create_task(self._hear(version)),
            asyncio.create_task(self._weigh(version, sessions)),
            asyncio.create_task(self._mind_memory(version)),
        ]
        try:
            code, out_of_memory = await version.container.ended()
        finally:
            await _cancelled(*helpers)
        if time.monotonic() - began > WELL_AGAIN:
            self._broken = 0
        await self._broke_down(version, code, out_of_memory)

    async def _broke_down(self, version: Version, code: int, out_of_memory: bool) -> None:
        if self.version is not version:
            return
        self.version = self._sessions = None
        words = " ".join(out_of_memory_words(version.plan))
        problem = words if out_of_memory else f"The app ended by itself, with exit code {code}."
        pause = self._wait_longer()
        await self._written("asleep", None, problem)
        await self._hosting.drop(version)
        await asyncio.sleep(pause)
        if not self.version and self.record.state == "asleep":
            self._again = 0.0
            self._wake_once()

    async def _hear(self, version: Version) -> None:
        if version.container:
            with suppress(WoveError):
                await self.output.hear(version.container.follow())

    async def _weigh(self, version: Version, sessions: Sessions) -> None:
        while version.container:
            with suppress(WoveError):
                memory = await version.container.memory()
                sessions.measured(memory, version.target.sockets)
            await asyncio.sleep(LOOK if version.plan.kind in SHARES else 5 * LOOK)

    async def _mind_memory(self, version: Version) -> None:
        """Say that a part of it was stopped, where the rest goes on."""
        if version.container:
            await version.container.until_out_of_memory()
            await asyncio.sleep(LOOK)
            if self.version is version:
                self.record.problem = " ".join(out_of_memory_words(version.plan)).replace(
                    "The app used", "A part of the app used", 1
                )
                await self._shelf.write(self.record)


async def _cancelled(*tasks: asyncio.Task[None] | None) -> None:
    there = [each for each in tasks if each]
    for each in there:
        each.cancel()
    if there:
        await asyncio.wait(there)
