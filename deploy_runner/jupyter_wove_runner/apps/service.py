"""The apps of this runner."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

from jupyter_wove.kit.errors import NotFound
from jupyter_wove.runner import App, AppState, Code, Message, OutputLine, Release, Visitor, Visits
from jupyter_wove_runner.apps.hosted import Hosted
from jupyter_wove_runner.apps.hosting import Hosting
from jupyter_wove_runner.apps.records import Record, Shelf
from jupyter_wove_runner.apps.visits import Counts
from jupyter_wove_runner.proxy import Doors, Place, Sockets

LOOK = 1.0  # seconds between two looks at who is idle
TURN = 15  # looks until what was counted goes to disk
DAY = 1


class Apps:
    """All apps: where they are reached, and what Wove does with them."""

    def __init__(
        self,
        hosting: Hosting,
        shelf: Shelf,
        counts: Counts,
        place: Place,
        doors: Doors,
        sockets: Sockets,
    ) -> None:
        self.place, self.doors, self.sockets = place, doors, sockets
        self.port = 0
        self._hosting, self._shelf, self._counts = hosting, shelf, counts
        self._apps: dict[UUID, Hosted] = {}
        self._hosts: dict[str, Hosted] = {}
        self._tokens: dict[str, str] = {}
        self._looking: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Go on where the runner before this one was, and remove what it left."""
        for record in self._shelf.records():
            self._add(record)
        await self._hosting.clear(self._is_served)
        for hosted in self._apps.values():
            await hosted.resume()
        self._name()
        self._looking = asyncio.create_task(self._look())

    async def close(self) -> None:
        """Leave all apps running."""
        if self._looking:
            self._looking.cancel()
            await asyncio.wait([self._looking])
        for hosted in self._apps.values():
            await hosted.close()
        await self._counts.write(last=True)

    # ------------------------------------------------------------------ for the proxy

    def at(self, host: str) -> Hosted | None:
        """Find the app of a host, without its port."""
        return self._hosts.get(host)

    def promised(self, host: str) -> str:
        """Say which token shows that a host belongs to whoever wants it for an app, or nothing."""
        return self._tokens.get(host, "")

    # ------------------------------------------------------------------ for builds

    def needed(self) -> set[str]:
        """Name the images and sites of all releases."""
        releases = [each for app in self._apps.values() for each in app.record.releases]
        return {name for each in releases for name in (each.image, each.site) if name}

    # ------------------------------------------------------------------ for Wove

    async def put(self, app: App) -> AppState:
        """Know an app, or what is new about it."""
        hosted = self._apps.get(app.id)
        if hosted is None:
            record = Record(app, [], None, "asleep", datetime.now(UTC))
            await self._shelf.write(record)
            hosted = self._add(record)
        else:
            before = hosted.app
            await hosted.change(app)
            if before.access != app.access:
                self._show_out(app.id)
        self._name()
        return hosted.state()

    def states(self) -> list[AppState]:
        """Say how all of them do."""
        return [hosted.state() for hosted in self._apps.values()]

    def state(self, app_id: UUID) -> AppState:
        """Say how one does."""
        return self._one(app_id).state()

    def serve(self, app_id: UUID, release: Release) -> AsyncIterator[Message]:
        """Serve a release of an app, once it is well."""
        return self._one(app_id).serve(release)

    async def stop(self, app_id: UUID) -> AppState:
        """Have an app answer no more."""
        await self._one(app_id).stop()
        return self.state(app_id)

    async def wake(self, app_id: UUID) -> AppState:
        """Have an app answer again."""
        await self._one(app_id).wake()
        return self.state(app_id)

    async def remove(self, app_id: UUID) -> None:
        """Forget an app, with all that is kept of it."""
        hosted = self._one(app_id)
        await hosted.stop()
        await hosted.close()
        self._apps.pop(app_id, None)  # somebody else may remove it at the same time
        self._name()
        self._show_out(app_id)
        await self._shelf.remove(app_id)
        await self._counts.forget(app_id)
        for release in hosted.record.releases:
            await self._forget(release)
        await self._hosting.forget_app(app_id)

    async def forget(self, app_id: UUID, release_id: UUID) -> None:
        """Forget a release that is not served."""
        hosted = self._one(app_id)
        if release := await hosted.forget(release_id):
            await self._forget(release)

    def code(self, app_id: UUID, visitor: Visitor) -> Code:
        """Make what lets a visitor in once."""
        return Code(self.doors.code(self._one(app_id).app.id, visitor))

    def show_out(self, app_id: UUID, person_id: UUID) -> None:
        """Let a person into an app no longer, and end what they have open there."""
        self._one(app_id)
        self._show_out(app_id, person_id)

    async def visits(self, app_id: UUID, days: int = DAY) -> Visits:
        """Say how often an app was visited."""
        count = self._one(app_id).count
        return Visits(await asyncio.to_thread(count.minutes, days))

    def output(self, app_id: UUID, after: int) -> list[OutputLine]:
        """Read what an app wrote."""
        return self._one(app_id).output.after(after)

    # ------------------------------------------------------------------ within

    def _one(self, app_id: UUID) -> Hosted:
        if app_id not in self._apps:
            raise NotFound("The runner knows no such app.")
        return self._apps[app_id]

    def _add(self, record: Record) -> Hosted:
        count = self._counts.of(record.app.id)
        hosted = Hosted(record, self._hosting, self._shelf, self.place, count)
        self._apps[record.app.id] = hosted
        return hosted

    def _name(self) -> None:
        """Find anew which app is at which host; who had a name of their own keeps it."""
        hosts: dict[str, Hosted] = {}
        tokens: dict[str, str] = {}
        for hosted in self._apps.values():
            hosts[self.place.host(hosted.app)] = hosted
            tokens |= hosted.app.unproven
        for hosted in self._apps.values():
            if hosted.app.access != "unlisted":  # a name that can be guessed tells of it
                for host in hosted.app.hosts:
                    hosts.setdefault(host.lower(), hosted)
        self._hosts, self._tokens = hosts, tokens

    def _show_out(self, app_id: UUID, person_id: UUID | None = None) -> None:
        self.doors.show_out(app_id, person_id)
        self.sockets.close(app_id, person_id)

    def _is_served(self, app_id: str, release_id: str) -> bool:
        known = {str(key): each.record for key, each in self._apps.items()}
        record = known.get(app_id)
        return bool(record and record.state != "stopped" and str(record.live) == release_id)

    async def _forget(self, release: Release) -> None:
        """Remove what no release of any app needs."""
        known = [each for app in self._apps.values() for each in app.record.releases]
        if not any((release.image, release.site) == (each.image, each.site) for each in known):
            await self._hosting.forget(release)

    async def _look(self) -> None:
        turn = 0
        while True:
            await asyncio.sleep(LOOK)
            turn += 1
            for hosted in list(self._apps.values()):
                await hosted.sleep_if_idle()
            if turn % TURN == 0:
                await self._counts.write()
