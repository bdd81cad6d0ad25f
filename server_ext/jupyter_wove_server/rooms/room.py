"""A room of jupyter-collaboration whose log is kept, and whose file is saved in time."""

import asyncio
from typing import Any, ClassVar

from jupyter_server_ydoc.rooms import DocumentRoom
from jupyter_ydoc.ybasedoc import YBaseDoc
from pycrdt import Channel
from pycrdt.store import YDocNotFound

from jupyter_wove_server.rooms.contents import safe
from jupyter_wove_server.rooms.digests import digest
from jupyter_wove_server.rooms.logged import LoggedRoom
from jupyter_wove_server.rooms.memory import Giver
from jupyter_wove_server.rooms.resting import lay_to_rest
from jupyter_wove_server.rooms.runs import Runs
from jupyter_wove_server.rooms.saver import Saver
from jupyter_wove_server.rooms.store import LogStore
from jupyter_wove_server.rooms.working_copy import WorkingCopy

LAST_SAVE = 3.0  # seconds that the last save of a room may take


class Room(LoggedRoom, DocumentRoom):  # type: ignore[misc]
    """A document that people edit together."""

    _memory: ClassVar = Giver()
    _known: ClassVar[set[str]] = set()  # what was open since this server began

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.holds = self._file_type
        self._edits = 0
        self._saver = Saver(self._save, self._save_delay)
        if isinstance(self.ystore, LogStore):
            self._join(self.ystore)

    def _join(self, store: LogStore) -> None:
        kind = (self._file_format, self._file_type)
        self._copy = WorkingCopy(self._file, kind, self.ydoc, store, self._apply, self._tell)
        # What goes into the log says as well that something changed; this way made an object of
        # each change in each cell, of which nobody wanted to know more than that.
        YBaseDoc.unobserve(self._document)
        if hasattr(self._document, "whose"):  # a chat, which knows who wrote what
            self._document.whose = lambda: self.author
            self._document.room = self.room_id
            self._document.is_shared = LoggedRoom.strangers

    async def initialize(self) -> None:
        """Open the document: what was typed, as it was stored, or the file where nothing was."""
        if self.ready:
            return
        if not isinstance(self.ystore, LogStore):
            await super().initialize()
            return
        await self._start_store()
        try:
            await self._open(self.ystore)
        except YDocNotFound:
            await self._seed(await self._copy.load())
            self._observe()

    async def _open(self, store: LogStore) -> None:
        async with self._update_lock:
            own = self.ydoc.get_update()  # the room names its file: later updates build on that
            await store.apply_updates(self.ydoc)
            self._observe()
            store.add(own)
            if self.holds == "notebook" and self.room_id not in self._known:
                lay_to_rest(self.ydoc)
            self._known.add(self.room_id)
            if self._document.dirty:
                self._document.dirty = False
            is_behind = await self._copy.is_behind()
        self.ready = True
        if is_behind:
            self._saver.soon()

    async def _seed(self, content: Any) -> None:
        if self._document_load_progressively:
            await super().initialize()
            self.create_task(self._settle_when_loaded(digest(content)))
            return
        async with self._update_lock:
            begun = safe(content) if LoggedRoom.strangers else content
            await self._apply_deterministic_source_content(begun)
            self._document.dirty = False
            await self.ystore.write(self.ydoc.get_update())
            await self._copy.settle(digest(content))
        self.ready = True

    async def _settle_when_loaded(self, found: str) -> None:
        await self._document_progressively_loaded
        await self._copy.settle(found)

    def _observe(self) -> None:
        super()._observe()
        Runs.begin(self)

    async def _start_store(self) -> None:
        async with self.ystore.start_lock:
            if not self.ystore.started.is_set():
                self.create_task(self.ystore.start())
                await self.ystore.started.wait()

    async def _turns_out(self, error: Exception, message: bytes, channel: Channel) -> bool:
        if await self._handle_sync_message_error(error, message, channel):
            return True
        return await super()._turns_out(error, message, channel)

    # ------------------------------------------------------------------ the file

    async def save_all(self) -> None:
        """Write the file if it is behind, and have all that was typed on disk."""
        await asyncio.wait_for(self._saver.last(), LAST_SAVE)
        await self.flush()

    async def stop(self) -> None:
        """Close the room; nothing is left behind."""
        try:
            await self.save_all()
        finally:
            Runs.end(self.room_id)
            await super().stop()
        if isinstance(self.ystore, LogStore):
            await self.ystore.sum_up()
        self._memory.room_closed(LogStore.serving)

    def _pass_on(self, update: bytes) -> None:
        super()._pass_on(update)
        if isinstance(self.ystore, LogStore):
            self._on_document_change("", None)

    def _on_document_change(self, target: str, event: Any) -> None:
        if self._update_lock.locked():
            return
        self._edits += 1
        if self._save_delay is not None and self._saves_by_itself():
            self._saver.soon()

    def _saves_by_itself(self) -> bool:
        wishes = [state.get("autosave", True) for state in self.awareness.states.values() if state]
        return any(wishes) or not wishes

    def _save_to_disc(self) -> "asyncio.Task[None] | None":
        if self._update_lock.locked():
            return None
        return asyncio.create_task(self._saver.now())

    async def _save(self) -> None:
        if not isinstance(self.ystore, LogStore):
            await super()._maybe_save_document(None, save_now=True)
            return
        edits = self._edits
        saved = await self._copy.save()
        if saved is not None and self._edits == edits:
            async with self._update_lock:
                self._document.dirty = False
                self._document.hash = saved.hash
            if self._edits == edits:
                await self._copy.settle(saved.digest)
        self._document.undo_manager.clear()  # which nobody uses, and which never forgets

    async def _on_outofband_change(self) -> None:
        if not isinstance(self.ystore, LogStore):
            await super()._on_outofband_change()
        elif await self._copy.catch_up():
            self._saver.soon()
