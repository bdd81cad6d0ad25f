"""A room of jupyter-collaboration that saves in time, and sends and stores in batches."""

import asyncio
from typing import Any, ClassVar

from jupyter_server_ydoc.rooms import DocumentRoom
from pycrdt import Channel, YMessageType, YSyncMessageType, create_update_message, merge_updates
from pycrdt.store import YDocNotFound

from jupyter_wove.kit.logs import log
from jupyter_wove_server.rooms import frames
from jupyter_wove_server.rooms.awareness import tells_nothing_new
from jupyter_wove_server.rooms.contents import safe
from jupyter_wove_server.rooms.digests import digest
from jupyter_wove_server.rooms.handler import RoomHandler
from jupyter_wove_server.rooms.saver import Saver
from jupyter_wove_server.rooms.store import LogStore
from jupyter_wove_server.rooms.trust import mentions_trust, strip_trust
from jupyter_wove_server.rooms.working_copy import WorkingCopy

PAUSE = 0.02  # seconds between two sendings; what comes meanwhile goes out together
LAST_SAVE = 3.0  # seconds that the last save of a room may take

_log = log(__name__)


class Room(DocumentRoom):  # type: ignore[misc]
    """A document that people edit together."""

    strangers: ClassVar[bool] = True  # whether several people come here, who trust not each other

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on_message = self._takes
        self.on_message_error = self._turns_out
        self._edits = 0
        self._outgoing: list[bytes] = []
        self._sent = 0.0
        self._notices: list[bytes] = []  # also for those who come later
        self._saver = Saver(self._save, self._save_delay)
        if isinstance(self.ystore, LogStore):
            self._join(self.ystore)

    def _join(self, store: LogStore) -> None:
        kind = (self._file_format, self._file_type)
        self._copy = WorkingCopy(self._file, kind, self.ydoc, store, self._apply, self._tell)
        store.on_batch, store.on_replaced = self._promise, self._end

    async def initialize(self) -> None:
        """Open the document: what was typed, as it was stored, or the file where nothing was."""
        if self.ready:
            return
        if not isinstance(self.ystore, LogStore):
            await super().initialize()
            return
        await self._start_store()
        content = await self._copy.load()
        try:
            await self._open(self.ystore, content)
        except YDocNotFound:
            await self._seed(content)

    async def _open(self, store: LogStore, content: Any) -> None:
        async with self._update_lock:
            own = self.ydoc.get_update()  # the room names its file: later updates build on that
            await store.apply_updates(self.ydoc)
            self._observe()
            store.add(own)
            if self._document.dirty:
                self._document.dirty = False
            is_behind = await self._copy.is_behind(content)
        self.ready = True
        if is_behind:
            self._saver.soon()

    async def _seed(self, content: Any) -> None:
        if self._document_load_progressively:
            await super().initialize()
            self.create_task(self._settle_when_loaded(digest(content)))
            return
        async with self._update_lock:
            begun = safe(content) if Room.strangers else content
            await self._apply_deterministic_source_content(begun)
            self._document.dirty = False
            await self.ystore.write(self.ydoc.get_update())
            await self._copy.settle(digest(content))
        self.ready = True

    async def _settle_when_loaded(self, found: str) -> None:
        await self._document_progressively_loaded
        await self._copy.settle(found)

    async def _start_store(self) -> None:
        async with self.ystore.start_lock:
            if not self.ystore.started.is_set():
                self.create_task(self.ystore.start())
                await self.ystore.started.wait()

    # ------------------------------------------------------------------ what comes in

    async def serve(self, channel: Channel) -> None:
        """Serve somebody, unless what they have belongs to another history of the document."""
        if isinstance(channel, RoomHandler) and isinstance(self.ystore, LogStore):
            if not channel.welcome(str(self.ystore.epoch), lambda: self._took(channel)):
                return
            for notice in self._notices:
                channel.tell(notice)
            if self.ystore.is_idle:
                channel.tell_stored(self.ydoc.get_state(), 0)
        await super().serve(channel)

    def _took(self, channel: RoomHandler) -> None:
        """Acknowledge at once a change that was known already, and so is not stored again."""
        if isinstance(self.ystore, LogStore) and self.ystore.is_idle:
            channel.tell_stored(self.ydoc.get_state(), channel.taken)

    def _takes(self, message: bytes) -> bool:
        if message[0] == YMessageType.AWARENESS:
            return tells_nothing_new(message, self.awareness)
        if Room.strangers and message[0] == YMessageType.SYNC and mentions_trust(message):
            update = frames.content(message, 2)
            if message[1] != YSyncMessageType.SYNC_STEP1 and update is not None:
                self._apply(update)
                return True
        return False

    def _apply(self, update: bytes) -> None:
        with self.ydoc.transaction():
            self.ydoc.apply_update(update)
            if Room.strangers and mentions_trust(update):
                strip_trust(self._document)

    async def _turns_out(self, error: Exception, message: bytes, channel: Channel) -> bool:
        if await self._handle_sync_message_error(error, message, channel):
            return True
        _log.warning("a message that cannot be read", room=self.room_id, reason=str(error))
        if isinstance(channel, RoomHandler):
            channel.close(frames.MALFORMED, "This message cannot be read.")
        return True

    # ------------------------------------------------------------------ what goes out

    async def _watch_ready(self) -> None:
        await self.ready_event.wait()
        self._observe()

    def _observe(self) -> None:
        if not self.ydoc_observed.is_set():
            self._subscription = self.ydoc.observe(lambda event: self._pass_on(event.update))
            self.ydoc_observed.set()

    async def _broadcast_updates(self) -> None:
        if self.ystore is not None:
            async with self.ystore.start_lock:
                if not self.ystore.started.is_set():
                    await self._task_group.start(self.ystore.start)

    def _pass_on(self, update: bytes) -> None:
        if isinstance(self.ystore, LogStore):
            self.ystore.add(update)
        elif self.ystore is not None:
            self._task_group.start_soon(self.ystore.write, update)
        if not self._outgoing:
            loop = asyncio.get_running_loop()
            loop.call_at(max(loop.time(), self._sent + PAUSE), self._send)
        self._outgoing.append(update)

    def _send(self) -> None:
        self._sent = asyncio.get_running_loop().time()
        waiting, self._outgoing = self._outgoing, []
        message = create_update_message(merge_updates(*waiting))
        frame = frames.on_the_wire(message)
        for client in list(self.clients):
            if isinstance(client, RoomHandler):
                client.push(frame)
            else:
                self.create_task(client.send(message))

    def _promise(self) -> Any:
        """Remember what is about to be stored; return what tells those who sent it."""
        state = self.ydoc.get_state()
        sent = [(each, each.taken) for each in self.clients if isinstance(each, RoomHandler)]

        def tell() -> None:
            for client, taken in sent:
                client.tell_stored(state, taken)

        return tell

    def _tell(self, sentence: str) -> None:
        self._notices.append(frames.notice(sentence))
        for client in self.clients:
            if isinstance(client, RoomHandler):
                client.tell(self._notices[-1])

    def _end(self) -> None:
        for client in list(self.clients):
            if isinstance(client, RoomHandler):
                client.replaced()

    # ------------------------------------------------------------------ the file

    async def save_all(self) -> None:
        """Write the file if it is behind, and have all that was typed on disk."""
        await asyncio.wait_for(self._saver.last(), LAST_SAVE)
        if isinstance(self.ystore, LogStore):
            await self.ystore.flush()

    async def stop(self) -> None:
        """Close the room; nothing is left behind."""
        try:
            await self.save_all()
        finally:
            await super().stop()
        if isinstance(self.ystore, LogStore):
            await self.ystore.sum_up()

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
        elif await self._copy.take_in(await self._copy.load()):
            self._saver.soon()
