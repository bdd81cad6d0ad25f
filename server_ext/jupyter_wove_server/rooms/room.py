"""A room of jupyter-collaboration that saves in time, and sends and stores in batches."""

import asyncio
import time
from typing import Any

from anyio import WouldBlock
from jupyter_server_ydoc.rooms import DocumentRoom
from pycrdt import YMessageType, create_update_message, merge_updates
from pycrdt.store import YDocNotFound

from jupyter_wove_server.rooms.awareness import tells_nothing_new
from jupyter_wove_server.rooms.digests import digest
from jupyter_wove_server.rooms.store import LogStore

MOST_UNSAVED = 5.0  # seconds after which a file is written, however busily people type
PAUSE = 0.015  # seconds between two sendings; what comes meanwhile goes out together
LAST_SAVE = 3.0  # seconds that the last save of a room may take


class Room(DocumentRoom):  # type: ignore[misc]
    """A document that people edit together."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on_message = self._passes_over
        self._changed = 0.0
        self._unsaved_since: float | None = None
        self._saver: asyncio.Task[None] | None = None

    async def initialize(self) -> None:
        """Open the document: what was typed, as it was stored, or the file where nothing was."""
        if self.ready:
            return
        if not isinstance(self.ystore, LogStore):
            await super().initialize()
            return
        await self._start_store()
        file = await self._file.load_content(self._file_format, self._file_type)
        try:
            await self._open(self.ystore, file["content"])
        except YDocNotFound:
            await super().initialize()
            await self.ystore.written(digest(file["content"]))

    async def _open(self, store: LogStore, file: Any) -> None:
        async with self._update_lock:
            await store.apply_updates(self.ydoc)
            typed, saved = digest(await self._document.aget()), digest(file)
            if typed != saved and saved not in store.files:
                await self._document.aset(file)  # somebody wrote it while nobody was here
                await store.encode_state_as_update(self.ydoc)
            self._document.dirty = False
        self.ready = True
        if typed != saved and saved in store.files:
            self._unsaved_since = time.monotonic()
            self._saver = asyncio.create_task(self._save_when_due())

    async def _start_store(self) -> None:
        async with self.ystore.start_lock:
            if not self.ystore.started.is_set():
                self.create_task(self.ystore.start())
                await self.ystore.started.wait()

    async def save_all(self) -> None:
        """Write the file if it is behind, and have all that was typed on disk."""
        if self._unsaved_since is not None and self._save_delay is not None:
            await asyncio.wait_for(self._save(), LAST_SAVE)
        if isinstance(self.ystore, LogStore):
            await self.ystore.flush()

    async def stop(self) -> None:
        """Close the room; nothing is left behind."""
        try:
            await self.save_all()
        finally:
            if self._saver is not None:
                self._saver.cancel()
            await super().stop()
        if isinstance(self.ystore, LogStore):
            await self.ystore.sum_up()

    def _passes_over(self, message: bytes) -> bool:
        is_awareness = bool(message) and message[0] == YMessageType.AWARENESS
        return is_awareness and tells_nothing_new(message, self.awareness)

    def _on_document_change(self, target: str, event: Any) -> None:
        """Have the file written soon; typing on does not put that off for ever."""
        if self._save_delay is None or self._update_lock.locked() or not self._saves_by_itself():
            return
        self._changed = time.monotonic()
        if self._unsaved_since is None:
            self._unsaved_since = self._changed
        if self._saver is None or self._saver.done():
            self._saver = asyncio.create_task(self._save_when_due())

    def _saves_by_itself(self) -> bool:
        wishes = [state.get("autosave", True) for state in self.awareness.states.values() if state]
        return any(wishes) or not wishes

    async def _save_when_due(self) -> None:
        while self._unsaved_since is not None:
            due = min(self._changed + self._save_delay, self._unsaved_since + MOST_UNSAVED)
            if (pause := due - time.monotonic()) > 0:
                await asyncio.sleep(pause)
            else:
                await self._save()

    async def _save(self) -> None:
        self._unsaved_since = None
        await self._maybe_save_document(None, save_now=True)

    async def _maybe_save_document(
        self, saving_document: asyncio.Task[None] | None, save_now: bool = False
    ) -> None:
        """Write the file, and note on both sides of it what it holds."""
        store = self.ystore
        if not isinstance(store, LogStore):
            await super()._maybe_save_document(saving_document, save_now)
            return
        self._unsaved_since = None
        now = digest(await self._document.aget())
        await store.writing(now)
        await super()._maybe_save_document(None, save_now=True)
        await store.written(now)

    async def _broadcast_updates(self) -> None:
        if self.ystore is not None:
            async with self.ystore.start_lock:
                if not self.ystore.started.is_set():
                    await self._task_group.start(self.ystore.start)
        async with self._update_receive_stream as updates:
            async for update in updates:
                self._send(merge_updates(update, *_more(updates)))
                await asyncio.sleep(PAUSE)

    def _send(self, update: bytes) -> None:
        message = create_update_message(update)
        for client in self.clients:
            self._task_group.start_soon(client.send, message)
        if self.ystore is not None:
            self._task_group.start_soon(self.ystore.write, update)


def _more(updates: Any) -> list[bytes]:
    """Take what has come already."""
    found = []
    while True:
        try:
            found.append(updates.receive_nowait())
        except WouldBlock:
            return found
